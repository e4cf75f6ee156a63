import { join } from "node:path";
import { lookAt } from "../../workspace/mod.ts";
import { readModelsState } from "../comfyui/models_state.ts";

/**
 * Whether ComfyUI's link to the models leads elsewhere or nowhere, or its list of them is old; a directory of its own
 * is no fault.
 *
 * @param models The directory that holds the models of all environments.
 * @param comfyui The working copy.
 */
export async function areModelsElsewhere(models: string, comfyui: string): Promise<boolean> {
  const state = await readModelsState(models, comfyui);
  if (state === "broken" || state === "outdated") return true;
  return state === "theirs" && (await lookAt(join(comfyui, "models")))?.isSymlink === true;
}
