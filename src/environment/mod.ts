/**
 * One environment: plan and apply for its manifest, lock, packages, ComfyUI and history.
 *
 * @example
 * ```ts
 * import { type EnvironmentWorld, readEnvironmentState } from "./mod.ts";
 *
 * async function countNodes(world: EnvironmentWorld): Promise<number> {
 *   const { manifest } = await readEnvironmentState(world);
 *   return Object.keys(manifest.nodes).length;
 * }
 * ```
 *
 * @module
 */
export { changeEnvironment, type EnvironmentChange, journalRequest } from "./change.ts";
export { environmentErrors } from "./errors.ts";
export {
  COMFYUI_NOTE,
  environmentHandlers,
  GIT_HEAD_NOTE,
  type HandlerWorld,
  VENV_NOTE,
} from "./handlers.ts";
export { hasRepository, readEnvironmentState } from "./state.ts";
export type { EnvironmentState, EnvironmentWorld, UvUse } from "./types.ts";
export { openEnvironmentWorld, type WorldOptions } from "./world.ts";
