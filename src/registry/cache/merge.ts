import { inShard, parseShard } from "../crawl/shard.ts";
import { mergeMeta } from "./merge_meta.ts";
import { NODES_UNION, PACKAGE_UNION, VERSION_UNION } from "./merge_sql.ts";
import { cacheError } from "./schema.ts";
import type { RegistryCache } from "./store.ts";

/** What came of merging. */
export interface MergeSummary {
  readonly packages: number;
  readonly versions: number;
  /** Versions of all packages whose node classes are known. */
  readonly node_lists: number;
}

/**
 * Merges caches that several machines filled, whatever their order: nothing that one of them has is lost.
 *
 * Of two records the one that was met later counts. What is known of node classes comes from the machine that was to
 * read them, else from whoever read most.
 *
 * @param target Takes all; what it holds already counts as another part.
 * @param parts Paths of caches, SQLite.
 * @throws `REGISTRY_CACHE_UNREADABLE`, `REGISTRY_CACHE_NEWER`, `DISK_FULL`
 */
export function mergeCaches(target: RegistryCache, parts: readonly string[]): MergeSummary {
  target.checkpoint(0);
  for (const path of parts) {
    within(target, path, () => {
      for (const sql of [...PACKAGE_UNION, ...NODES_UNION, ...VERSION_UNION]) {
        target.database.exec(sql);
      }
    });
  }
  const owned = parts.map((path) => ({ path, ...factsOf(target, path) }))
    .filter(({ shard }) => shard !== "")
    .toSorted((a, b) => compare(a.crawledAt, b.crawledAt) || compare(a.shard, b.shard));
  for (const { path, shard } of owned) within(target, path, () => takeOwn(target, shard));
  mergeMeta(target, parts, (path, work) => within(target, path, work));
  return summaryOf(target);
}

/** Runs work while another cache is attached as `part`, in one transaction. */
function within(target: RegistryCache, path: string, work: () => void): void {
  const { database } = target;
  try {
    database.prepare("ATTACH DATABASE ? AS part").run(path);
    try {
      database.exec("BEGIN IMMEDIATE");
      work();
      database.exec("COMMIT");
    } finally {
      if (database.isTransaction) database.exec("ROLLBACK");
      database.exec("DETACH DATABASE part");
    }
  } catch (error) {
    throw cacheError(path, error);
  }
}

function factsOf(
  target: RegistryCache,
  path: string,
): { readonly shard: string; readonly crawledAt: string } {
  const facts = new Map<string, string>();
  within(target, path, () => {
    for (
      const { key, value } of target.database.prepare("SELECT key, value FROM part.meta").all()
    ) {
      facts.set(String(key), String(value));
    }
  });
  return { shard: facts.get("shard") ?? "", crawledAt: facts.get("crawled_at") ?? "" };
}

/** Takes what the machine that was to read them knows of the versions of its packages. */
function takeOwn({ database }: RegistryCache, text: string): void {
  const shard = parseShard(text);
  const take = database.prepare(
    `UPDATE versions SET nodes_state = p.nodes_state, nodes_digest = p.nodes_digest FROM part.versions AS p
     WHERE p.package_id = versions.package_id AND p.version = versions.version AND p.nodes_state IS NOT NULL
       AND versions.package_id = ?`,
  );
  for (const { id } of database.prepare("SELECT id FROM part.packages").all()) {
    if (inShard(shard, String(id))) take.run(String(id));
  }
}

function summaryOf(target: RegistryCache): MergeSummary {
  return target.all<MergeSummary>(
    `SELECT (SELECT count(*) FROM packages) AS packages, count(*) AS versions,
       count(*) FILTER (WHERE nodes_digest IS NOT NULL) AS node_lists FROM versions`,
  )[0]!;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
