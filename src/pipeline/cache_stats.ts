import { throwIfAborted } from "../base/mod.ts";
import type { CachedPackage } from "../registry/mod.ts";
import { Tally } from "./tally.ts";

/** Statistics that only the cache can give. */
export interface CacheStats {
  readonly packages: number;
  readonly fully_cached_packages: number;
  readonly missing_packages: number;
  readonly versions: number;
  readonly versions_with_metadata: number;
  readonly inferred_versions: number;
  readonly deprecated_versions: number;
  /** Records of node classes over all versions. */
  readonly classes: number;
  readonly by_status: Readonly<Record<string, number>>;
  readonly by_version_status: Readonly<Record<string, number>>;
  readonly by_extract_status: Readonly<Record<string, number>>;
}

/**
 * Computes statistics from a registry cache, with one package in memory at a time.
 *
 * @param packages The cache as a stream.
 * @throws `INTERRUPTED` when the signal aborts.
 */
export async function computeCacheStats(
  packages: AsyncIterable<CachedPackage> | Iterable<CachedPackage>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<CacheStats> {
  const totals = {
    packages: 0,
    fully_cached_packages: 0,
    missing_packages: 0,
    versions: 0,
    versions_with_metadata: 0,
    inferred_versions: 0,
    deprecated_versions: 0,
    classes: 0,
  };
  const statuses = new Tally();
  const versionStatuses = new Tally();
  const extractStatuses = new Tally();
  for await (const found of packages) {
    throwIfAborted(signal);
    totals.packages++;
    totals.fully_cached_packages += Number(found.fully_cached);
    totals.missing_packages += Number(found.missing_since !== undefined);
    statuses.add(found.status);
    for (const version of found.versions_list) {
      totals.versions++;
      totals.versions_with_metadata += Number(version.metadata_cached);
      totals.inferred_versions += Number(version.inferred === true);
      totals.deprecated_versions += Number(version.deprecated);
      totals.classes += version.comfy_nodes?.length ?? 0;
      versionStatuses.add(version.status);
      extractStatuses.add(version.comfy_node_extract_status);
    }
  }
  return {
    ...totals,
    by_status: statuses.counts(),
    by_version_status: versionStatuses.counts(),
    by_extract_status: extractStatuses.counts(),
  };
}
