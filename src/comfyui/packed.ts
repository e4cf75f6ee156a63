import { withMirror } from "../workspace/mirrors/mod.ts";
import type { ComfyUISource, ComfyUIWorld } from "./types.ts";

/**
 * Takes over a commit of ComfyUI from a file that git has packed, so that no network is needed for it.
 *
 * @param file A file that `createBundle` of git has written; the commit's id vouches for what is in it.
 * @param commit Full id.
 * @throws `GIT_REF_NOT_FOUND`, `TOOL_FAILED` when the file holds something else
 */
export async function takePackedComfyUI(
  world: ComfyUIWorld,
  source: ComfyUISource,
  { file, commit }: { readonly file: string; readonly commit: string },
): Promise<void> {
  await withMirror(world, "comfyui", source, async (mirror) => {
    if (await mirror.find(commit) === undefined) await mirror.takeBundle(file, commit);
  });
}
