/**
 * ComfyUI's kinds of models: their folders, older names for them, file endings, and directories outside of `models`.
 *
 * @example
 * ```ts
 * import { readModelFolders } from "./mod.ts";
 *
 * const folders = await readModelFolders();
 * console.assert(folders.canonical("unet") === "diffusion_models");
 * console.assert(folders.folderOf("clip/t5xxl.safetensors") === "text_encoders");
 * ```
 *
 * @module
 */
export { type ExtraModelPath, type ExtraPathsWorld, readExtraModelPaths } from "./extra_paths.ts";
export { type ModelFolder, type ModelFolders, readModelFolders } from "./folders.ts";
