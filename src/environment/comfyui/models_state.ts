import { dirname, join, resolve } from "node:path";
import { lookAt } from "../../workspace/mod.ts";
import { readModelsList } from "./models_list.ts";

/** How a ComfyUI stands to the models of the workspace. */
export type ModelsState =
  /** A link or an up-to-date list of comfydock's shows them to it. */
  | "found"
  /** A link leads elsewhere, or somebody's own list of paths is there. */
  | "theirs"
  | "missing"
  /** A link leads nowhere. */
  | "broken"
  /** A directory, and no list of paths. */
  | "unlisted"
  /** A list of comfydock's that names another place or lacks directories. */
  | "outdated";

/**
 * Looks whether a ComfyUI finds the models.
 *
 * @param models Absolute path of the directory of models.
 * @param comfyui The working copy.
 */
export async function readModelsState(models: string, comfyui: string): Promise<ModelsState> {
  const path = join(comfyui, "models");
  const info = await lookAt(path);
  if (!info) return "missing";
  if (info.isSymlink) {
    if (!await leadsAnywhere(path)) return "broken";
    // Windows answers with a prefix for long paths.
    const target = (await Deno.readLink(path)).replace(/^\\\\\?\\/, "");
    return resolve(dirname(path), target) === resolve(models) ? "found" : "theirs";
  }
  const list = await readModelsList(models, comfyui);
  return list === "missing" ? "unlisted" : list === "current" ? "found" : list;
}

async function leadsAnywhere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
