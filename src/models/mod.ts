/**
 * Models: their digests, the index of those that are here, what is known of others, and where they come from.
 *
 * @example
 * ```ts
 * import { modelErrors } from "./mod.ts";
 *
 * console.assert(modelErrors.MODEL_NOT_FOUND.exit === 4);
 * ```
 *
 * @module
 */
export {
  downloadModels,
  type DownloadWorld,
  type FailedOutcome,
  type FailedSource,
  findIndexed,
  type KnownFile,
  type ModelOutcome,
  type PlacedOutcome,
  putSame,
  recordKnownFile,
  toKnownSource,
  type WantedModel,
  type WantedSource,
} from "./downloads/mod.ts";
export { modelErrors } from "./errors.ts";
export {
  type ExtraModelPath,
  type ModelFolder,
  type ModelFolders,
  readExtraModelPaths,
  readModelFolders,
} from "./folders/mod.ts";
export { readModelFormat } from "./formats/mod.ts";
export {
  createBlake3,
  hashFile,
  hashFiles,
  type HashingKernel,
  type HashOptions,
} from "./hashing/mod.ts";
export {
  addHash,
  type FileContent,
  type FilePlace,
  findSingle,
  forgetLocations,
  forgetLostModels,
  locationPath,
  ModelIndex,
  MODELS_LOCK,
  type ModelSearch,
  openIndexIfAny,
  recordFile,
  searchIndex,
} from "./index/mod.ts";
export {
  digestsOf,
  type LocatedUse,
  locateUses,
  lookupAmong,
  type ModelLookup,
  type ModelUse,
  type ModelUses,
  readModelUses,
  restoreFromManifests,
} from "./uses/mod.ts";
export {
  buildKnownModels,
  knownByName,
  type KnownFilter,
  readKnownModels,
  searchKnown,
} from "./known/mod.ts";
export {
  applyScan,
  planScan,
  previewScan,
  type RootRequest,
  scanModels,
  type ScanOptions,
  type ScanPlan,
  type ScanReport,
  type UnsafeModel,
  withSoundIndex,
} from "./scan/mod.ts";
export {
  findByHash,
  findManyByHash,
  type HashLookup,
  isSameSource,
  openSourceWorld,
  parseSource,
  readSourceHosts,
  type ResolvedFile,
  resolveSource,
  resolveWritten,
  sizeAtSource,
  sourceLabel,
  type SourceWorld,
  type WrittenSource,
} from "./sources/mod.ts";
export {
  applyDedupe,
  type DedupeMethod,
  type DedupeOptions,
  type DedupePlan,
  type DedupeReport,
  type DuplicateGroup,
  planDedupe,
  verifyModels,
  type VerifyOptions,
  type VerifyReport,
} from "./tidy/mod.ts";
export type {
  FileDigest,
  IndexedModel,
  KnownModel,
  KnownSource,
  ModelFormat,
  ModelLocation,
  ModelProblem,
  RunningDigest,
} from "./types.ts";
