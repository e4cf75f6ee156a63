import { compareVersions, createTidy } from "../../base/mod.ts";
import type {
  CachedPackage,
  CachedVersion,
  RegistryNodeClass,
  RegistryPackage,
  RegistryVersion,
} from "../types.ts";
import { cacheError } from "./schema.ts";
import type { NodesState, RegistryCache } from "./store.ts";

/** Packages between two collections: they leave some tens of megabytes. */
const TIDY_PACKAGES = 1_000;

/** A package row with everything that is published of it. */
interface FullPackageRow {
  readonly id: string;
  readonly record: string;
  readonly first_seen: string;
  readonly last_checked: string;
  readonly missing_since: string | null;
  readonly versions_checked: string | null;
  readonly versions_due: number;
}

/** A version row with everything that is published of it, its node list as JSON text. */
export interface FullVersionRow {
  readonly version: string;
  readonly record: string;
  readonly extract: string | null;
  readonly first_seen: string;
  readonly last_checked: string;
  readonly missing_since: string | null;
  readonly nodes_state: NodesState | null;
  readonly nodes_digest: string | null;
}

/** A package as rows, versions newest first; the records are JSON texts that can be joined without parsing. */
export interface PackageRows {
  readonly row: FullPackageRow;
  readonly versions: readonly FullVersionRow[];
}

/**
 * Reads every package with its versions, by id in code point order, one at a time.
 *
 * @throws `REGISTRY_CACHE_UNREADABLE` where the cache is damaged
 */
export function readRows(cache: RegistryCache): Generator<PackageRows> {
  return naming(cache, rowsOf(cache));
}

/** Damage shows only when its place is read. */
function* naming<Item>(cache: RegistryCache, items: Iterable<Item>): Generator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw cacheError(cache.path, error);
  }
}

function* rowsOf(cache: RegistryCache): Generator<PackageRows> {
  // `iterate()` of Deno ends without an error where the database is damaged, as if all had been read.
  const ids = cache.database.prepare("SELECT id FROM packages ORDER BY id").all();
  const packages = cache.database.prepare(
    `SELECT id, record, first_seen, last_checked, missing_since, versions_checked, versions_due
     FROM packages WHERE id = ?`,
  );
  const versions = cache.database.prepare(
    `SELECT version, record, extract, first_seen, last_checked, missing_since, nodes_state, nodes_digest
     FROM versions WHERE package_id = ?`,
  );
  const tidy = createTidy(TIDY_PACKAGES);
  for (const { id } of ids) {
    tidy();
    const row = packages.get(id!) as unknown as FullPackageRow;
    const list = versions.all(row.id) as unknown as FullVersionRow[];
    yield { row, versions: list.sort((a, b) => compareVersions(a.version, b.version)) };
  }
}

/** Reads the JSON text of node lists by digest. */
export function nodeListReader(cache: RegistryCache): (digest: string) => string {
  const statement = cache.database.prepare("SELECT body FROM node_lists WHERE digest = ?");
  return (digest) => (statement.get(digest) as { body: string }).body;
}

/** Tells whether all versions and all classes that can be had are at hand. */
export function isFullyCached({ row, versions }: PackageRows): boolean {
  return row.versions_due === 0 && row.versions_checked !== null &&
    versions.every((one) => one.nodes_state !== null || !/success$/i.test(one.extract ?? ""));
}

/**
 * Reads every package of a cache as a value, one at a time.
 *
 * Versions with the same node list share one array, so that work on it can be done once.
 *
 * @throws `REGISTRY_CACHE_UNREADABLE` where the cache is damaged
 */
export function readCachedPackages(cache: RegistryCache): Generator<CachedPackage> {
  return naming(cache, packagesOf(cache));
}

function* packagesOf(cache: RegistryCache): Generator<CachedPackage> {
  const readList = nodeListReader(cache);
  for (const rows of readRows(cache)) {
    const lists = new Map<string, readonly RegistryNodeClass[]>();
    yield {
      ...(JSON.parse(rows.row.record) as RegistryPackage),
      first_seen: rows.row.first_seen,
      last_checked: rows.row.last_checked,
      ...(rows.row.missing_since ? { missing_since: rows.row.missing_since } : {}),
      fully_cached: isFullyCached(rows),
      ...(rows.row.versions_checked ? { versions_cached_at: rows.row.versions_checked } : {}),
      versions_list: rows.versions.map((row) => cachedVersion(row, lists, readList)),
    };
  }
}

function cachedVersion(
  row: FullVersionRow,
  lists: Map<string, readonly RegistryNodeClass[]>,
  readList: (digest: string) => string,
): CachedVersion {
  const digest = row.nodes_digest;
  if (digest !== null && !lists.has(digest)) lists.set(digest, JSON.parse(readList(digest)));
  return {
    ...(JSON.parse(row.record) as RegistryVersion),
    first_seen: row.first_seen,
    last_checked: row.last_checked,
    ...(row.missing_since ? { missing_since: row.missing_since } : {}),
    metadata_cached: row.nodes_state === "read" || row.nodes_state === "inferred",
    ...(row.nodes_state === "inferred" ? { inferred: true } : {}),
    ...(digest === null ? {} : { comfy_nodes: lists.get(digest)! }),
  };
}
