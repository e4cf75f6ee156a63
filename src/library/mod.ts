/**
 * The components of comfydock as objects: a workspace, its environments, and what is done with them.
 *
 * Each method does what one function of a room does, with everything around it put together as commands do. Rooms are
 * loaded when a method first needs them. Errors are `ComfydockError`s with the codes of those functions.
 *
 * @example
 * ```ts
 * import { ModelIndex, WorkspaceManager } from "./mod.ts";
 *
 * const workspace = await WorkspaceManager.create(await Deno.makeTempDir());
 * console.assert((await workspace.listEnvironments()).length === 0);
 * const { here } = await new ModelIndex(workspace).searchModels("sdxl vae");
 * console.assert(here.length === 0);
 * ```
 *
 * @module
 */
export {
  type BundleCheck,
  BundleManager,
  type BundleOptions,
  type ImportOptions,
} from "./bundle_manager.ts";
export { type ApiKey, ConfigManager } from "./config_manager.ts";
export { Environment, type RunComfyUIOptions } from "./environment.ts";
export {
  type AddModelOptions,
  type AddNodeOptions,
  EnvironmentContents,
  type RemoveModelOptions,
} from "./environment_contents.ts";
export { EnvironmentPlace } from "./environment_place.ts";
export { type FoundModels, ModelIndex } from "./model_index.ts";
export { NodeRegistry } from "./node_registry.ts";
export type { LibraryOptions, WorkspacePlace } from "./place.ts";
export { type EditOptions, PyprojectManager } from "./pyproject_manager.ts";
export { UVInterface } from "./uv_interface.ts";
export type { WorkflowJson } from "./workflow_json.ts";
export { type WorkflowExportOptions, WorkflowManager } from "./workflow_manager.ts";
export {
  type DeleteOptions,
  WorkspaceManager,
  type WorkspaceOptions,
} from "./workspace_manager.ts";
