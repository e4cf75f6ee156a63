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
export { addModel, type AddReport, type AddRequest } from "./add.ts";
export {
  changeModels,
  type ModelChangeReport,
  type ModelCommand,
  type ModelDecision,
} from "./change.ts";
export {
  chooseModels,
  downloadManifestModels,
  type DownloadPlan,
  type DownloadReport,
  type DownloadRequest,
  planDownload,
} from "./download.ts";
export { expectedDigests, findEntry, newKey, plainPath } from "./entries.ts";
export { type AddDecision, type NewModel, planAdd } from "./plan_add.ts";
export {
  type LookupDecision,
  type LookupReport,
  type LookupRequest,
  lookUpSources,
  planLookup,
} from "./lookup.ts";
export type { LookedUp } from "./lookup_ask.ts";
export {
  type KeptFile,
  type OtherManifest,
  planRemove,
  type RemoveDecision,
  removeModels,
  type RemoveRequest,
} from "./remove.ts";
export {
  addModelSource,
  planSourceAdd,
  planSourceRemove,
  removeModelSource,
  type SourceDecision,
  type SourceRequest,
} from "./sources.ts";
export type { Placing } from "./preview.ts";
export { targetFor } from "./target.ts";
export { type ModelWorld, withModelWorld } from "./world.ts";
export { type PlacedModel, registerModels } from "./note.ts";
export { modelPath, statModel } from "./places.ts";
