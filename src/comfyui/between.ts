import type { GitCommit } from "../tools/mod.ts";
import { withMirror } from "../workspace/mirrors/mod.ts";
import type { ComfyUISource, ComfyUIWorld } from "./types.ts";

/** How two commits of ComfyUI stand to each other. */
export interface CommitsBetween {
  /** `sideways` when neither comes from the other, or where that cannot be known. */
  readonly direction: "same" | "forward" | "backward" | "sideways";
  /** The commits that the later one adds, newest first, at most 10,000; of branches, what the target adds. */
  readonly commits: readonly GitCommit[];
}

const MOST = 10_000;

/**
 * Reads which commits lie between two, from the mirror.
 *
 * @param from Full id; the mirror need not hold it.
 * @param to Full id of a commit that {@linkcode obtainComfyUI} has returned.
 */
export async function readCommitsBetween(
  world: ComfyUIWorld,
  source: ComfyUISource,
  from: string | undefined,
  to: string,
): Promise<CommitsBetween> {
  if (from === to) return { direction: "same", commits: [] };
  return await withMirror(world, "comfyui", source, async (mirror) => {
    const known = from !== undefined && await mirror.find(from) !== undefined;
    if (!known) return { direction: "sideways", commits: [] };
    const log = (rev: string) => world.git.log(mirror.path, { rev, limit: MOST });
    const [added, dropped] = [await log(`${from}..${to}`), await log(`${to}..${from}`)];
    if (dropped.length === 0) return { direction: "forward", commits: added };
    if (added.length === 0) return { direction: "backward", commits: dropped };
    return { direction: "sideways", commits: added };
  });
}
