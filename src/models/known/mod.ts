/**
 * Known models: a shipped list of file names with their folder, addresses and base model, and how it is made.
 *
 * @example
 * ```ts
 * import { searchKnown } from "./mod.ts";
 *
 * const [model] = await searchKnown("sdxl vae", 1);
 * console.assert(model?.folder.startsWith("vae"));
 * ```
 *
 * @module
 */
export { buildKnownModels } from "./build.ts";
export {
  KNOWN_MODELS_SCHEMA,
  knownByName,
  type KnownFilter,
  readKnownModels,
  searchKnown,
} from "./known.ts";
