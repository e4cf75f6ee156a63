import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { comfyuiErrors } from "./errors.ts";
import { readComfyUIKnowledge } from "./knowledge.ts";
import { withMirror } from "../workspace/mirrors/mod.ts";
import type { ComfyUISource, ComfyUIWorld } from "./types.ts";

/**
 * Makes a working copy of ComfyUI from the mirror, without network; HEAD is detached at the commit.
 *
 * Objects are shared with the mirror by hard links where the disk allows, and `origin` is the source itself.
 *
 * @param commit Full id of a commit that {@linkcode obtainComfyUI} has returned.
 * @param directory Where to; must not exist or be empty, and is left as it is when this fails.
 * @throws `COMFYUI_NOT_FOUND` when the source is no ComfyUI, `COMFYUI_VERSION_NOT_FOUND` when the mirror lacks the commit
 */
export async function checkoutComfyUI(
  world: ComfyUIWorld,
  source: ComfyUISource,
  commit: string,
  directory: string,
): Promise<void> {
  await withMirror(world, "comfyui", source, async (mirror) => {
    if (await mirror.find(commit) === undefined) {
      throw new ComfydockError(
        comfyuiErrors.COMFYUI_VERSION_NOT_FOUND,
        `Cannot check out ComfyUI ${commit}: the mirror of ${source.publicUrl} does not hold it`,
        { hint: "Run the command again without --offline", details: { commit } },
      );
    }
    await world.git.cloneMirror(mirror.path, directory, { commit, origin: source.publicUrl });
  });
  await requireComfyUI(directory, source.publicUrl);
}

/**
 * Sees that a directory holds a ComfyUI.
 *
 * @param named What the user called it, for the message.
 * @throws `COMFYUI_NOT_FOUND`
 */
export async function requireComfyUI(directory: string, named: string): Promise<void> {
  const { files } = await readComfyUIKnowledge();
  const found = await Promise.all(files.map((file) => lookAt(join(directory, file))));
  const missing = files.filter((_file, at) => !found[at]);
  if (missing.length > 0) throw noComfyUI(named, missing);
}

/** The error for what holds no ComfyUI. */
export function noComfyUI(named: string, missing: readonly string[]): ComfydockError {
  return new ComfydockError(
    comfyuiErrors.COMFYUI_NOT_FOUND,
    `Cannot use ${named}: it is no ComfyUI, ${missing.join(" and ")} ${
      missing.length > 1 ? "are" : "is"
    } missing`,
    { hint: "Check --comfyui-source and --comfyui", details: { missing } },
  );
}
