import type { JsonRecord } from "../../base/mod.ts";
import { type FindingSink, keyPath } from "./findings.ts";
import { checkSource } from "./packages.ts";
import { asRecord, hasKind } from "./structure.ts";

/**
 * Checks the `mappings` of a mappings file: keys, orphans, ranks 1…n in order, each package once per key.
 *
 * @param mappings `NODE_TYPE::SIGNATURE` → providers, not trusted.
 * @param packages The packages of the same file, for orphans; absent when they cannot be read.
 * @returns How many providers there are over all keys.
 */
export function checkEntries(
  mappings: JsonRecord,
  packages: JsonRecord | undefined,
  sink: FindingSink,
): number {
  let total = 0;
  for (const key in mappings) {
    const path = keyPath("$.mappings", key);
    if (!/^[^]+?(?:::|\|)\w+$/.test(key)) {
      sink("error", "STRUCTURE", path, "Expected a key of the form NODE_TYPE::SIGNATURE");
    }
    const entries = mappings[key];
    if (!Array.isArray(entries) || entries.length === 0) {
      sink("error", "STRUCTURE", path, "Expected a list with at least one provider");
      continue;
    }
    total += entries.length;
    const providers = new Set<string>();
    entries.forEach((entry: unknown, index) => {
      const id = checkEntry(entry, { path: `${path}[${index}]`, rank: index + 1, packages, sink });
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
  return total;
}

interface EntryPlace {
  readonly path: string;
  /** The rank that its place in the list calls for. */
  readonly rank: number;
  readonly packages: JsonRecord | undefined;
  readonly sink: FindingSink;
}

function checkEntry(
  value: unknown,
  { path, rank, packages, sink }: EntryPlace,
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
  const found = packages && Object.hasOwn(packages, id) ? packages[id] : undefined;
  if (packages && found === undefined) {
    sink(
      "error",
      "ORPHAN_PACKAGE",
      `${path}.package_id`,
      `There is no package ${JSON.stringify(id)}`,
    );
  }
  checkEntryVersions(entry["versions"], `${path}.versions`, { id, found, sink });
  return id;
}

function checkEntryVersions(
  versions: unknown,
  path: string,
  { id, found, sink }: { readonly id: string; readonly found: unknown; readonly sink: FindingSink },
): void {
  if (!hasKind(versions, "texts")) {
    return sink("error", "STRUCTURE", path, "Expected a list of versions");
  }
  const known = (found as { readonly versions?: unknown } | undefined)?.versions;
  if (!hasKind(known, "record")) return;
  (versions as readonly string[]).forEach((version, index) => {
    if (Object.hasOwn(known as JsonRecord, version)) return;
    sink(
      "error",
      "ORPHAN_VERSION",
      `${path}[${index}]`,
      `The package ${JSON.stringify(id)} has no version ${JSON.stringify(version)}`,
    );
  });
}
