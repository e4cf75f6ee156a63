/**
 * The index of models that are here: digests, locations, sources and names, in one SQLite file.
 *
 * @example
 * ```ts
 * import { ModelIndex, searchIndex } from "./mod.ts";
 *
 * using index = new ModelIndex(`${await Deno.makeTempDir()}/model_index.db`);
 * console.assert(searchIndex(index, "sdxl vae", 20).models.length === 0);
 * ```
 *
 * @module
 */
export { modelErrors } from "../errors.ts";
export { indexError } from "./database.ts";
export { locationPath, ModelIndex } from "./index.ts";
export { MODELS_LOCK, openIndexIfAny } from "./open.ts";
export {
  addHash,
  type FileContent,
  type FilePlace,
  forgetLocations,
  forgetLostModels,
  modelOfInode,
  recordFile,
  recordPlace,
} from "./record.ts";
export type { LocationRow, Row } from "./rows.ts";
export { findSingle } from "./single.ts";
export { type ModelSearch, queryWords, scoreOf, searchIndex } from "./search.ts";
