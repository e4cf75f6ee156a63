import { join } from "node:path";
import { baseErrors, ComfydockError, throwIfAborted } from "../../base/mod.ts";
import { entriesIn, lookAt, measureTrees, removeTree } from "../disk/mod.ts";
import type { HeldLock } from "../locks/mod.ts";
import { CACHE_LOCK, type CacheBucket } from "./buckets.ts";

/** What will be removed from the cache. */
export interface CachePlan {
  readonly removals: readonly CacheRemoval[];
  /** The bytes that the removals hold. */
  readonly bytes: number;
  readonly files: number;
}

/** One thing to remove from the cache. */
export interface CacheRemoval {
  readonly bucket: string;
  readonly path: string;
}

/** How the things in a bucket are judged. */
export interface PruneOptions {
  /** What environments still refer to, as paths: never pruned. */
  readonly used: readonly string[];
  /** Spares what was written later; milliseconds since the epoch. */
  readonly before: number;
}

/**
 * Decides to empty buckets.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function planClean(buckets: readonly CacheBucket[]): Promise<CachePlan> {
  return await planRemovals(buckets, () => true);
}

/**
 * Decides which things nothing needs: not used by an environment, and not written lately.
 *
 * uv's own cache is left to `uv cache prune`, which knows its inner order.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function planPrune(
  buckets: readonly CacheBucket[],
  { used, before }: PruneOptions,
): Promise<CachePlan> {
  const kept = new Set(used);
  const own = buckets.filter(({ name }) => name !== "uv" && name !== "api");
  return await planRemovals(
    own,
    (path, info) => !kept.has(path) && (info.mtime?.getTime() ?? Infinity) < before,
  );
}

async function planRemovals(
  buckets: readonly CacheBucket[],
  chosen: (path: string, info: Deno.FileInfo) => boolean,
): Promise<CachePlan> {
  const removals: CacheRemoval[] = [];
  for (const { name: bucket, paths } of buckets) {
    for (const path of paths) {
      const info = await lookAt(path);
      if (info?.isDirectory) {
        for (const { name } of await entriesIn(path)) {
          const inner = join(path, name);
          const innerInfo = await lookAt(inner);
          if (innerInfo && chosen(inner, innerInfo)) removals.push({ bucket, path: inner });
        }
      } else if (info && chosen(path, info)) removals.push({ bucket, path });
    }
  }
  return { removals, ...await measureTrees(removals.map(({ path }) => path)) };
}

/**
 * Removes from the cache what was planned; all of it can be had again.
 *
 * @param lock The lock of the cache, as a proof that nobody is filling it.
 * @throws `FILE_UNWRITABLE`, `INTERRUPTED`
 */
export async function applyCachePlan(
  plan: CachePlan,
  lock: HeldLock,
  signal?: AbortSignal,
): Promise<void> {
  if (lock.name !== CACHE_LOCK) {
    throw new ComfydockError(baseErrors.INTERNAL, `The lock "${lock.name}" guards no cache`);
  }
  for (const { path } of plan.removals) {
    throwIfAborted(signal);
    await removeTree(path);
  }
}
