import { ComfydockError, nearest } from "../../base/mod.ts";
import { measureTrees, type TreeSize } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";

/** A part of the cache that is measured and emptied on its own; all that it holds can be had again. */
export interface CacheBucket {
  readonly name: string;
  readonly brief: string;
  /** Directories that are emptied, and files that are removed. */
  readonly paths: readonly string[];
}

/** A bucket and what it holds. */
export interface BucketSize extends CacheBucket, TreeSize {}

/**
 * The buckets of a workspace.
 *
 * @param uvCache Where uv's cache is, when it is not the workspace's own.
 */
export function cacheBuckets(
  layout: WorkspaceLayout,
  uvCache: string = layout.uvCache,
): readonly CacheBucket[] {
  return [
    { name: "uv", brief: "Python packages, kept by uv", paths: [uvCache] },
    {
      name: "nodes",
      brief: "Downloaded node packs",
      paths: [layout.nodeStore, layout.nodeMirrors],
    },
    {
      name: "comfyui",
      brief: "Mirrors of ComfyUI's repository, and its classes",
      paths: [layout.comfyuiMirrors, layout.comfyuiClasses],
    },
    { name: "downloads", brief: "Downloads under way", paths: [layout.downloads] },
    {
      name: "api",
      brief: "Answers of registries",
      paths: ["", "-wal", "-shm"].map((suffix) => layout.apiCache + suffix),
    },
  ];
}

/**
 * Finds buckets by name; none named means all.
 *
 * @throws `CACHE_BUCKET_UNKNOWN`
 */
export function findBuckets(
  buckets: readonly CacheBucket[],
  names: readonly string[],
): readonly CacheBucket[] {
  if (names.length === 0) return buckets;
  return names.map((name) => {
    const found = buckets.find((bucket) => bucket.name === name);
    if (found) return found;
    const known = buckets.map((bucket) => bucket.name);
    const near = nearest(name, known);
    throw new ComfydockError(
      workspaceErrors.CACHE_BUCKET_UNKNOWN,
      `Cannot find the cache bucket "${name}"`,
      {
        hint: near ? `Did you mean \`${near}\`?` : `There are ${known.join(", ")}`,
        details: { bucket: name, known },
      },
    );
  });
}

/** Measures buckets; a file with several names in one bucket counts once. */
export async function measureBuckets(
  buckets: readonly CacheBucket[],
  signal?: AbortSignal,
): Promise<readonly BucketSize[]> {
  const sizes: BucketSize[] = [];
  for (const bucket of buckets) {
    sizes.push({ ...bucket, ...await measureTrees(bucket.paths, signal) });
  }
  return sizes;
}

/** The lock that guards the cache of a workspace. */
export const CACHE_LOCK = "cache";
