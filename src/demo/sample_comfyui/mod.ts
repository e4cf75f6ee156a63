/**
 * A small ComfyUI that starts, loads custom nodes and answers, made on the spot from files that ship with comfydock.
 *
 * @example
 * ```ts
 * import { makeSampleComfyUI } from "./mod.ts";
 * import { createRunner } from "../../tools/mod.ts";
 *
 * const runner = createRunner({ env: Deno.env.toObject() });
 * const { directory } = await makeSampleComfyUI("sample-comfyui", runner);
 * ```
 *
 * @module
 */
export { makeSampleComfyUI, type SampleComfyUI } from "./make.ts";
