import type { MappingsContent } from "./content.ts";
import { type FindingSink, keyPath } from "./findings.ts";
import { checkSource } from "./packages.ts";
import { asRecord, hasKind } from "./structure.ts";

/**
 * Checks the `mappings` of a mappings file: keys, orphans, ranks 1…n in order, each package once per key.
 *
 * @param keys `NODE_TYPE::SIGNATURE` → providers, not trusted.
 * @param content The packages of the same file, for orphans.
 * @returns How many keys there are, and how many providers over all keys.
 */
export function checkEntries(
  keys: Iterable<readonly [key: string, entries: unknown]>,
  content: MappingsContent,
  sink: FindingSink,
): { readonly keys: number; readonly entries: number } {
  const counts = { keys: 0, entries: 0 };
  for (const [key, entries] of keys) {
    counts.keys++;
    const path = keyPath("$.mappings", key);
    if (!/^[^]+?(?:::|\|)\w+$/.test(key)) {
      sink("error", "STRUCTURE", path, "Expected a key of the form NODE_TYPE::SIGNATURE");
    }
    if (!Array.isArray(entries) || entries.length === 0) {
      sink("error", "STRUCTURE", path, "Expected a list with at least one provider");
      continue;
    }
    counts.entries += entries.length;
    const providers = new Set<string>();
    entries.forEach((entry: unknown, index) => {
      const id = checkEntry(entry, { path: `${path}[${index}]`, rank: index + 1, content, sink });
      if (id === undefined) return;
      if (providers.has(id)) {
        sink(
          "error",
          "DUPLICATE_ID",
          `${path}[${index}]`,
          `Provider ${JSON.stringify(id)} is listed twice`,
        );
      }
      providers.add(id);
    });
  }
  return counts;
}

interface EntryPlace {
  readonly path: string;
  /** The rank that its place in the list calls for. */
  readonly rank: number;
  readonly content: MappingsContent;
  readonly sink: FindingSink;
}

function checkEntry(
  value: unknown,
  { path, rank, content, sink }: EntryPlace,
): string | undefined {
  const entry = asRecord(value, path, sink);
  if (!entry) return undefined;
  if (entry["rank"] !== rank) {
    sink(
      "error",
      "RANK_ORDER",
      `${path}.rank`,
      `Expected rank ${rank}, found ${JSON.stringify(entry["rank"])}`,
    );
  }
  checkSource(entry["source"], `${path}.source`, sink);
  const id = entry["package_id"];
  if (typeof id !== "string" || id === "") {
    sink("error", "STRUCTURE", `${path}.package_id`, "Expected a package id");
    return undefined;
  }
  const hasVersion = content.hasVersion(id);
  if (content.packages && !hasVersion && !content.hasPackage(id)) {
    sink(
      "error",
      "ORPHAN_PACKAGE",
      `${path}.package_id`,
      `There is no package ${JSON.stringify(id)}`,
    );
  }
  checkEntryVersions(entry["versions"], `${path}.versions`, { id, hasVersion, sink });
  return id;
}

function checkEntryVersions(
  versions: unknown,
  path: string,
  { id, hasVersion, sink }: {
    readonly id: string;
    readonly hasVersion?: (version: string) => boolean;
    readonly sink: FindingSink;
  },
): void {
  if (!hasKind(versions, "texts")) {
    return sink("error", "STRUCTURE", path, "Expected a list of versions");
  }
  if (!hasVersion) return;
  (versions as readonly string[]).forEach((version, index) => {
    if (hasVersion(version)) return;
    sink(
      "error",
      "ORPHAN_VERSION",
      `${path}[${index}]`,
      `The package ${JSON.stringify(id)} has no version ${JSON.stringify(version)}`,
    );
  });
}
