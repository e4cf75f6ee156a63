import { type JsonRecord, throwIfAborted } from "../../base/mod.ts";
import type { CachedPackage } from "../../registry/mod.ts";
import { agreementCheck } from "./agreement.ts";
import type { ComparedMappings } from "./content.ts";
import { type FindingSink, keyPath } from "./findings.ts";
import { duplicateIds } from "./packages.ts";
import { asRecord, checkField, checkFields, type FieldKind } from "./structure.ts";
import { checkSighting, checkTimestamp } from "./timestamps.ts";

const PACKAGE_FIELDS: Readonly<Record<string, FieldKind>> = {
  name: "text",
  description: "text",
  author: "text",
  repository: "text",
  downloads: "number",
  github_stars: "number",
  tags: "texts",
  status: "text",
  latest_version: "text",
};

const VERSION_FIELDS: Readonly<Record<string, FieldKind>> = {
  download_url: "text",
  dependencies: "texts",
  deprecated: "boolean",
  metadata_cached: "boolean",
  inferred: "boolean",
  status: "text",
  comfy_node_extract_status: "text",
};

/** What a check of the cache needs to know. */
export interface CacheCheck {
  readonly sink: FindingSink;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Totals that the cache file claims, when it does. */
  readonly claimed?: ClaimedCounts;
  /** A mappings file that must agree with this cache. */
  readonly mappings?: ComparedMappings;
  /** Where findings about the mappings go; default `sink`. */
  readonly mappingsSink?: FindingSink;
  readonly signal?: AbortSignal;
}

/** Totals in the head of `full_registry_cache.json`. */
export interface ClaimedCounts {
  readonly node_count?: number;
  readonly versions_processed?: number;
  readonly metadata_entries?: number;
}

/** What was counted while a cache was checked. */
export interface CacheCounts {
  readonly packages: number;
  readonly versions: number;
  /** Records of node classes over all versions. */
  readonly classes: number;
}

/**
 * Checks a registry cache as a stream, one package in memory at a time: structure, counts, duplicate ids, times,
 * and that a mappings file made from it agrees.
 *
 * @param packages The cache; records are not trusted to have their declared shape.
 */
export async function validateCache(
  packages: AsyncIterable<CachedPackage> | Iterable<CachedPackage>,
  check: CacheCheck,
): Promise<CacheCounts> {
  const { sink, now, mappings } = check;
  const ids = duplicateIds(sink);
  const agreement = mappings && agreementCheck(mappings, check.mappingsSink ?? sink);
  const counts = { packages: 0, versions: 0, classes: 0 };
  for await (const item of packages) {
    throwIfAborted(check.signal);
    const path = `$.nodes[${counts.packages++}]`;
    const found = asRecord(item, path, sink);
    if (!found || !checkField(found, "id", "text", path, sink, "required")) continue;
    ids(String(found["id"]), `${path}.id`);
    checkFields(found, PACKAGE_FIELDS, path, sink);
    checkField(found, "fully_cached", "boolean", path, sink, "required");
    checkTimestamp(found["created_at"], `${path}.created_at`, { sink, now, severity: "warning" });
    checkTimestamp(found["versions_cached_at"], `${path}.versions_cached_at`, { sink, now });
    checkSighting(found, path, { sink, now });
    if (!checkField(found, "versions_list", "list", path, sink, "required")) continue;
    counts.versions += item.versions_list.length;
    counts.classes += checkVersions(item.versions_list, `${path}.versions_list`, { sink, now });
    agreement?.meet(item);
  }
  agreement?.finish();
  compareCounts(check.claimed ?? {}, counts, sink);
  return counts;
}

function checkVersions(
  versions: readonly unknown[],
  path: string,
  { sink, now }: { readonly sink: FindingSink; readonly now: number },
): number {
  const seen = new Set<unknown>();
  let classes = 0;
  versions.forEach((value, index) => {
    const at = `${path}[${index}]`;
    const found = asRecord(value, at, sink);
    if (!found || !checkField(found, "version", "text", at, sink, "required")) return;
    if (seen.has(found["version"])) {
      sink(
        "error",
        "DUPLICATE_ID",
        `${at}.version`,
        `The version ${found["version"]} is there twice`,
      );
    }
    seen.add(found["version"]);
    checkFields(found, VERSION_FIELDS, at, sink);
    checkTimestamp(found["created_at"], `${at}.created_at`, { sink, now, severity: "warning" });
    checkSighting(found, at, { sink, now });
    classes += checkClasses(found, at, sink);
  });
  return classes;
}

function checkClasses(version: JsonRecord, path: string, sink: FindingSink): number {
  if (!checkField(version, "comfy_nodes", "list", path, sink)) {
    if (version["metadata_cached"] === true && version["comfy_nodes"] === undefined) {
      sink(
        "error",
        "STRUCTURE",
        `${path}.comfy_nodes`,
        "metadata_cached is true and nothing is there",
      );
    }
    return 0;
  }
  const classes = version["comfy_nodes"] as readonly unknown[];
  classes.forEach((value, index) => {
    const at = `${path}.comfy_nodes[${index}]`;
    const found = asRecord(value, at, sink);
    if (found) checkField(found, "comfy_node_name", "text", at, sink, "required");
  });
  return classes.length;
}

function compareCounts(claimed: ClaimedCounts, counts: CacheCounts, sink: FindingSink): void {
  const pairs = [
    ["node_count", claimed.node_count, counts.packages],
    ["versions_processed", claimed.versions_processed, counts.versions],
    ["metadata_entries", claimed.metadata_entries, counts.classes],
  ] as const;
  for (const [name, said, counted] of pairs) {
    if (said === undefined || said === counted) continue;
    sink(
      "error",
      "COUNT_MISMATCH",
      keyPath("$", name),
      `The file says ${said} and holds ${counted}`,
    );
  }
}
