/**
 * The Comfy Registry: its client, the crawl, and the cache of everything that was ever seen in it.
 *
 * @example
 * ```ts
 * import { readCachedPackages, RegistryCache } from "./mod.ts";
 *
 * using cache = new RegistryCache(await Deno.makeTempFile());
 * for (const one of readCachedPackages(cache)) one.versions_list.length;
 * ```
 *
 * @module
 */
export { exportCacheJson } from "./cache/export.ts";
export { mergeCaches, type MergeSummary } from "./cache/merge.ts";
export { importCacheJson, parseCachedPackage } from "./cache/import.ts";
export { readCachedPackages } from "./cache/read.ts";
export {
  createRegistryClient,
  type NodeClasses,
  type RegistryClient,
  type VersionName,
} from "./client.ts";
export type { OwnedVersion, Page } from "./answers.ts";
export { lockCache } from "./cache/lock.ts";
export { type NodesState, type PackageRow, RegistryCache, type VersionRow } from "./cache/store.ts";
export { withCache } from "./cache/with_cache.ts";
export {
  type CrawlOptions,
  crawlRegistry,
  type CrawlSummary,
  type CrawlWorld,
  defaultCrawlOptions,
  parseShard,
  type Shard,
} from "./crawl/mod.ts";
export { registryErrors } from "./errors.ts";
export type {
  CachedPackage,
  CachedVersion,
  RegistryNodeClass,
  RegistryPackage,
  RegistryVersion,
  Sighting,
} from "./types.ts";
