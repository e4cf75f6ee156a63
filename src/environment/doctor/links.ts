import { dirname, join, resolve } from "node:path";
import { lookAt } from "../../workspace/mod.ts";

/**
 * Whether ComfyUI's link to the models leads elsewhere or nowhere; a directory of its own is no fault.
 *
 * @param comfyui The working copy.
 * @param models The directory that holds the models of all environments.
 */
export async function linkDiffers(comfyui: string, models: string): Promise<boolean> {
  const path = join(comfyui, "models");
  if (!(await lookAt(path))?.isSymlink) return false;
  // Windows answers with a prefix for long paths.
  const target = (await Deno.readLink(path)).replace(/^\\\\\?\\/, "");
  return resolve(dirname(path), target) !== resolve(models);
}
