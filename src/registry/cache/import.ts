import {
  ComfydockError,
  type JsonRecord,
  optional,
  readBoolean,
  readList,
  readRecord,
  readText,
  type Reporter,
} from "../../base/mod.ts";
import { parseNodeClass, parsePackage, parseVersion } from "../parse.ts";
import type { CachedPackage, CachedVersion, RegistryNodeClass, Sighting } from "../types.ts";
import type { RegistryCache } from "./store.ts";

/**
 * Reads one package of a `full_registry_cache.json`, ours or the predecessor's.
 *
 * @throws `DATA_INVALID` with the path of the field at fault.
 */
export function parseCachedPackage(value: unknown, path: string): CachedPackage {
  const record = readRecord(value, path);
  const latest = record.latest_version;
  const base = parsePackage({
    ...record,
    publisher: typeof record.publisher === "string" ? { id: record.publisher } : record.publisher,
    latest_version: typeof latest === "string" ? { version: latest } : latest,
  }, path);
  const versions = readList(record.versions_list ?? [], `${path}.versions_list`);
  return {
    ...base,
    ...sighting(record, path),
    fully_cached: record.fully_cached === true,
    versions_cached_at: optional(record.versions_cached_at, `${path}.versions_cached_at`, readText),
    versions_list: versions.map((one, index) =>
      cachedVersion(one, `${path}.versions_list[${index}]`)
    ),
  };
}

function cachedVersion(value: unknown, path: string): CachedVersion {
  const record = readRecord(value, path);
  const base = parseVersion({
    ...record,
    downloadUrl: record.download_url ?? record.downloadUrl,
    createdAt: record.created_at ?? record.createdAt,
  }, path);
  const known = record.metadata_cached === true;
  const classes = optional(record.comfy_nodes, `${path}.comfy_nodes`, readList);
  return {
    ...base,
    ...sighting(record, path),
    metadata_cached: known,
    ...(optional(record.inferred, `${path}.inferred`, readBoolean) ? { inferred: true } : {}),
    ...(known
      ? {
        comfy_nodes: (classes ?? []).map((one, i) => nodeClass(one, `${path}.comfy_nodes[${i}]`)),
      }
      : {}),
  };
}

// The seed shows these fields as values, the API gives them as JSON text; the cache keeps text.
function nodeClass(value: unknown, path: string): RegistryNodeClass {
  const record = { ...readRecord(value, path) };
  for (const key of ["input_types", "return_types", "return_names"]) {
    const field = record[key];
    if (typeof field === "object" && field !== null) record[key] = JSON.stringify(field);
  }
  return parseNodeClass(record, path);
}

function sighting(record: JsonRecord, path: string): Sighting {
  const read = (key: string) => optional(record[key], `${path}.${key}`, readText);
  return definedSighting(read("first_seen"), read("last_checked"), read("missing_since"));
}

function definedSighting(first?: string, last?: string, missing?: string): Sighting {
  return {
    ...(first ? { first_seen: first } : {}),
    ...(last ? { last_checked: last } : {}),
    ...(missing ? { missing_since: missing } : {}),
  };
}

/**
 * Takes packages of a published JSON into the cache; what cannot be read is reported and left out.
 *
 * @param packages The elements of the file's `nodes`, parsed from JSON and unchecked.
 * @param cachedAt The time that counts for records that carry none.
 * @returns How many packages were taken.
 */
export async function importCacheJson(
  cache: RegistryCache,
  packages: AsyncIterable<unknown> | Iterable<unknown>,
  cachedAt: string,
  report: Reporter,
): Promise<number> {
  let taken = 0;
  let index = 0;
  for await (const element of packages) {
    const path = `$.nodes[${index++}]`;
    try {
      savePackage(cache, parseCachedPackage(element, path), cachedAt);
      taken++;
    } catch (error) {
      if (!(error instanceof ComfydockError) || error.code !== "DATA_INVALID") throw error;
      report.emit({
        kind: "warned",
        code: error.code,
        message: `Left out a package: ${error.message}`,
      });
    }
    cache.touch();
    cache.checkpoint(200);
  }
  cache.checkpoint();
  return taken;
}

function savePackage(cache: RegistryCache, one: CachedPackage, cachedAt: string): void {
  const {
    versions_list,
    versions_cached_at,
    fully_cached: _,
    first_seen,
    last_checked,
    missing_since,
    ...record
  } = one;
  const checked = last_checked ?? cachedAt;
  cache.savePackage(record, {
    first_seen: first_seen ?? checked,
    last_checked: checked,
    missing_since,
  });
  for (const version of versions_list) saveVersion(cache, one.id, version, checked);
  if (versions_cached_at) {
    cache.run(
      "UPDATE packages SET versions_due = 0, versions_checked = ? WHERE id = ?",
      versions_cached_at,
      one.id,
    );
  }
}

function saveVersion(
  cache: RegistryCache,
  packageId: string,
  one: CachedVersion,
  checked: string,
): void {
  const {
    comfy_nodes,
    metadata_cached,
    inferred,
    first_seen,
    last_checked,
    missing_since,
    ...record
  } = one;
  const seen = last_checked ?? checked;
  cache.saveVersion(packageId, record, {
    first_seen: first_seen ?? seen,
    last_checked: seen,
    missing_since,
  });
  if (!metadata_cached) return;
  const digest = cache.saveNodeClasses(packageId, one.version, comfy_nodes ?? []);
  if (inferred) cache.setNodes(packageId, one.version, "inferred", digest);
}
