import { join } from "node:path";
import { counted, isKind, readTextBounded } from "../../../base/mod.ts";
import { comfyuiErrors, readComfyUISource } from "../../../comfyui/mod.ts";
import { formatBytes, type Outcome } from "../../../output/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../../../pyproject/mod.ts";
import {
  applyCachePlan,
  environmentLayout,
  listEnvironments,
  planPrune,
  type WorkspaceLayout,
} from "../../../workspace/mod.ts";
import { mirrorName } from "../../../workspace/mirrors/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { openCache, uvAtHand, withCache } from "./open.ts";
import type { pruneOptions } from "./options.ts";

/** What `cache prune` tells. */
export interface CachePruneData {
  readonly dry_run: boolean;
  readonly removed: readonly { readonly bucket: string; readonly path: string }[];
  readonly files: number;
  readonly bytes: number;
  /** Whether uv has pruned its own cache; `shared` when that lies outside the workspace and was left. */
  readonly uv: "pruned" | "planned" | "missing" | "shared";
}

const DAY_MS = 86_400_000;

/** Removes from the cache what no environment needs, and lets uv prune its own. */
export async function run(
  { options: { olderThan }, dryRun }: InputOf<typeof pruneOptions>,
  context: CommandContext,
): Promise<Outcome<CachePruneData>> {
  const cache = await openCache(context);
  const used = await usedPaths(cache.workspace.layout);
  const before = context.clock.now() - olderThan * DAY_MS;
  const plan = await planPrune(cache.buckets, { used, before });
  const uv = cache.uvCacheIsShared ? "shared" : await uvAtHand(context, cache);
  if (!dryRun) {
    await withCache(
      context,
      cache,
      "cache prune",
      plan,
      (lock) => applyCachePlan(plan, lock, context.signal),
    );
    if (typeof uv === "object") await uv.pruneCache();
  }
  const { removals: removed, files, bytes } = plan;
  const uvDid = typeof uv === "object" ? (dryRun ? "planned" : "pruned") : uv ?? "missing";
  return { data: { dry_run: dryRun, removed, files, bytes, uv: uvDid } };
}

/** What environments refer to: mirrors of ComfyUI and of node packs, and stored node packs. */
async function usedPaths(layout: WorkspaceLayout): Promise<readonly string[]> {
  const used: string[] = [];
  for (const name of await listEnvironments(layout)) {
    const { manifest: path } = environmentLayout(layout, name);
    const manifest = readManifest(await readTextBounded(path, MAX_MANIFEST_BYTES), path);
    const { comfyuiRepository } = manifest.environment;
    if (comfyuiRepository !== undefined) {
      const mirror = await mirrorOf(comfyuiRepository, layout.root);
      if (mirror !== undefined) used.push(join(layout.comfyuiMirrors, mirror));
    }
    for (const { treeSha256, source, repository } of Object.values(manifest.nodes)) {
      if (treeSha256 !== undefined) used.push(join(layout.nodeStore, treeSha256));
      if (source === "git" && repository !== undefined) {
        used.push(join(layout.nodeMirrors, await mirrorName(repository)));
      }
    }
  }
  return used;
}

async function mirrorOf(repository: string, root: string): Promise<string | undefined> {
  try {
    return (await readComfyUISource(repository, root)).mirror;
  } catch (error) {
    // A directory that is gone has a mirror whose name cannot be told any more.
    const { COMFYUI_NOT_FOUND, COMFYUI_NO_GIT, COMFYUI_SOURCE_INVALID } = comfyuiErrors;
    const known = [COMFYUI_NOT_FOUND, COMFYUI_NO_GIT, COMFYUI_SOURCE_INVALID];
    if (known.some((kind) => isKind(error, kind))) return undefined;
    throw error;
  }
}

/** What was freed. */
export function view({ dry_run, removed, files, bytes, uv }: CachePruneData): string[] {
  const did = dry_run ? "Would remove" : "Removed";
  const byUv = {
    pruned: "uv has pruned its own cache",
    planned: "uv would prune its own cache",
    missing: "uv is not installed, so its cache is as it was",
    shared: "uv's cache lies outside the workspace and is as it was",
  }[uv];
  return [
    `${did} ${counted(removed.length, "thing")}, ${counted(files, "file")}, ${formatBytes(bytes)}`,
    ...removed.map(({ path }) => `  ${path}`),
    byUv,
  ];
}
