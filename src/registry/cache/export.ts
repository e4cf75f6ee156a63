import {
  type FullVersionRow,
  isFullyCached,
  nodeListReader,
  type PackageRows,
  readRows,
} from "./read.ts";
import type { RegistryCache } from "./store.ts";

/** The version of the published JSON's shape. */
export const CACHE_JSON_SCHEMA = 1;

/**
 * Writes a cache as the seed's JSON (`full_registry_cache.json`), piece by piece, a package on each line.
 *
 * Keys stand in a fixed order and packages by id, so equal data gives equal bytes. The records are joined as the
 * texts that they are stored as, without parsing them.
 *
 * @param now When the cache is written, RFC 3339 UTC.
 */
export function* exportCacheJson(cache: RegistryCache, now: string): Generator<string> {
  const totals = cache.all<{ packages: number; versions: number; entries: number }>(
    `SELECT (SELECT count(*) FROM packages) AS packages, count(*) AS versions, coalesce(sum(l.count), 0) AS entries
     FROM versions LEFT JOIN node_lists l ON l.digest = nodes_digest
     WHERE package_id IN (SELECT id FROM packages)`,
  )[0]!;
  yield `{"schema_version":${CACHE_JSON_SCHEMA},"cached_at":${JSON.stringify(now)},` +
    `"node_count":${totals.packages},"versions_processed":${totals.versions},` +
    `"metadata_entries":${totals.entries},"nodes":[`;
  const readList = nodeListReader(cache);
  let separator = "\n";
  for (const rows of readRows(cache)) {
    yield separator + packageJson(rows, readList);
    separator = ",\n";
  }
  yield "\n]}\n";
}

function packageJson(rows: PackageRows, readList: (digest: string) => string): string {
  const { row, versions } = rows;
  const own = open(row.record) + sighting(row) + `,"fully_cached":${isFullyCached(rows)}` +
    (row.versions_checked ? `,"versions_cached_at":"${row.versions_checked}"` : "");
  const list = versions.map((one) => versionJson(one, readList)).join(",");
  return `${own},"versions_list":[${list}]}`;
}

function versionJson(row: FullVersionRow, readList: (digest: string) => string): string {
  const known = row.nodes_state === "read" || row.nodes_state === "inferred";
  return open(row.record) + sighting(row) + `,"metadata_cached":${known}` +
    (row.nodes_state === "inferred" ? `,"inferred":true` : "") +
    (row.nodes_digest === null ? "" : `,"comfy_nodes":${readList(row.nodes_digest)}`) + "}";
}

function sighting(
  row: { first_seen: string; last_checked: string; missing_since: string | null },
): string {
  return `,"first_seen":"${row.first_seen}","last_checked":"${row.last_checked}"` +
    (row.missing_since ? `,"missing_since":"${row.missing_since}"` : "");
}

// A record is never empty: it has an id or a version at least.
function open(record: string): string {
  return record.slice(0, -1);
}
