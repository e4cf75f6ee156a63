/**
 * What every room stands on: errors, events, signals, bounded concurrency, atomic files, checked reading of data.
 *
 * @example
 * ```ts
 * import { mapConcurrent } from "./mod.ts";
 *
 * const doubled = await Array.fromAsync(mapConcurrent([1, 2], (n) => Promise.resolve(n * 2), { limit: 2 }));
 * ```
 *
 * @module
 */
export { counted, formatCount } from "./counted.ts";
export {
  embedAssets,
  type EmbeddedAssets,
  readAsset,
  readAssetSync,
  readAssetText,
} from "./assets.ts";
export { type Checkpoints, checkpointsFromEnvironment, noCheckpoints } from "./checkpoints.ts";
export { type Clock, systemClock } from "./clock.ts";
export { exportsOf } from "./commonjs.ts";
export { type ConcurrencyOptions, forEachConcurrent, mapConcurrent } from "./concurrency.ts";
export { sha256Of, sha256OfText } from "./digest.ts";
export {
  baseErrors,
  ComfydockError,
  defineErrors,
  type ErrorFacts,
  type ErrorKind,
  ExitCode,
  isKind,
} from "./errors.ts";
export {
  type LogLevel,
  type Reporter,
  silentReporter,
  type Unit,
  type WorkEvent,
} from "./events.ts";
export {
  type AtomicFile,
  exists,
  fileError,
  openAtomic,
  readBytesBounded,
  readTextBounded,
  removeIfThere,
  temporaryBeside,
  writeFileAtomic,
} from "./files.ts";
export {
  type ByteSource,
  chunkSource,
  type JsonElement,
  type JsonElementsOptions,
  type JsonPart,
  openByteSource,
  parseJsonBytes,
  parseJsonText,
  readJsonElements,
} from "./json_stream/mod.ts";
export { editDistance, likeness, nearest } from "./likeness.ts";
export { collectGarbage, createTidy } from "./memory.ts";
export { type PieceOptions, readPieces } from "./file_pieces.ts";
export { refuseNamedPipe, refusePipe } from "./pipes.ts";
export { type PackedOptions, type Packing, type Pieces, writePacked } from "./packed_file.ts";
export {
  invalidData,
  type JsonRecord,
  optional,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "./reader.ts";
export { holdsCredentials, redact, registerSecret } from "./redact.ts";
export { interrupted, throwIfAborted } from "./signals.ts";
export { compareCodePoints, sortTexts } from "./text_order.ts";
export { parseToml } from "./toml.ts";
export { VERSION } from "./version.ts";
export { compareVersions } from "./version_order.ts";
export { parseYaml } from "./yaml.ts";
