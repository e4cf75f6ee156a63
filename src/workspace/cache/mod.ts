/**
 * The buckets of the cache: their sizes, emptying and pruning them.
 *
 * @example
 * ```ts
 * import { cacheBuckets, measureBuckets } from "./mod.ts";
 * import { workspaceLayout } from "../layout.ts";
 *
 * const buckets = cacheBuckets(workspaceLayout("/home/me/.comfydock_workspace"));
 * for (const { name, bytes } of await measureBuckets(buckets)) console.assert(name !== "" && bytes >= 0);
 * ```
 *
 * @module
 */
export {
  type BucketSize,
  CACHE_LOCK,
  type CacheBucket,
  cacheBuckets,
  findBuckets,
  measureBuckets,
} from "./buckets.ts";
export {
  applyCachePlan,
  type CachePlan,
  type CacheRemoval,
  planClean,
  planPrune,
  type PruneOptions,
} from "./clean.ts";
