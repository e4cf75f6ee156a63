/**
 * What became of a working copy of ComfyUI, for commands that need nothing else of this room.
 *
 * @example
 * ```ts
 * import { readCheckoutState } from "./mod.ts";
 * import type { Git } from "../../tools/mod.ts";
 *
 * async function isTouched(git: Git, comfyui: string): Promise<boolean> {
 *   const state = await readCheckoutState(git, comfyui);
 *   return state.status === "present" && state.changed.length > 0;
 * }
 * ```
 *
 * @module
 */
export { type CheckoutState, readCheckoutState } from "./read.ts";
