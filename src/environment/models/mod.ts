/**
 * The models that an environment's manifest names: where they lie, looked at without being read.
 *
 * @example
 * ```ts
 * import { modelPath } from "./mod.ts";
 *
 * console.assert(modelPath("/models", "../elsewhere") === undefined);
 * ```
 *
 * @module
 */
export { modelPath, statModel } from "./places.ts";
