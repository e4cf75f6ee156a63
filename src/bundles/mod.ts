/**
 * Bundles: a whole environment in one file, and environments made from such files, directories and git repositories.
 *
 * @example
 * ```ts
 * import { inspectBundle } from "./mod.ts";
 *
 * async function nodesIn(file: string): Promise<readonly string[]> {
 *   return (await inspectBundle(file)).nodes.map(({ id }) => id);
 * }
 * ```
 *
 * @module
 */
export { bundleErrors } from "./errors.ts";
export { exportEnvironment, type ExportReport, type ExportRequest } from "./export.ts";
export { type ExportPart, readExportFacts } from "./export_facts.ts";
export {
  applyImport,
  type ImportReport,
  type ImportRequest,
  type PreparedImport,
  prepareImport,
} from "./import.ts";
export { type BundleSummary, inspectBundle } from "./inspect.ts";
export type { ImportSizes, PackageDownloads, SourceBuild } from "./downloads/mod.ts";
export type { ForeignKind, ForeignTools } from "./foreign/types.ts";
export { openSource } from "./open_source.ts";
export type {
  ExportChoice,
  ExportFacts,
  ExportPlan,
  OfflineFacts,
  PlannedFile,
  SourceFile,
} from "./export_types.ts";
export { planExport } from "./plan_export.ts";
export type { ImportFacts, ImportPlan, PlannedModel, PlannedNode } from "./import_types.ts";
export { planImport } from "./plan_import.ts";
export type { PrivateFacts } from "./private_text.ts";
export {
  type BundleReference,
  type GitReference,
  readReference,
  type UrlReference,
} from "./reference.ts";
export type {
  BundleContent,
  BundleFile,
  BundleIndex,
  BundleKind,
  BundleSource,
  CheckedWheels,
  UnpackedPackages,
  WheelOrigin,
} from "./types.ts";
export {
  type DirectUrl,
  ownPlatform,
  type Platform,
  platformNames,
  readPlatform,
} from "./wheels/mod.ts";
