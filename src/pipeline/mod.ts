/**
 * What surrounds the registry data: validation, statistics, differences, search, snapshots, the report, the update plan.
 *
 * @example
 * ```ts
 * import { searchPackages, validateData } from "./mod.ts";
 *
 * const value = JSON.parse(await Deno.readTextFile("node_mappings.json"));
 * const report = await validateData({ mappings: { file: "node_mappings.json", value }, now: Date.now() });
 * if (report.ok) searchPackages(value, "power lora").hits[0]?.id;
 * ```
 *
 * @module
 */
export { type CacheStats, computeCacheStats } from "./cache_stats.ts";
export {
  exportCacheFile,
  importCacheFile,
  isCacheDatabase,
  readCachePackages,
  rememberCacheFile,
  workingCachePath,
} from "./cache_files.ts";
export {
  diffMappings,
  type FieldChange,
  type LeaderChange,
  type MappingsDiff,
  type PackageChange,
  type VersionChange,
} from "./diff.ts";
export { pipelineErrors } from "./errors.ts";
export type { GrowthPoint } from "./growth.ts";
export type { PackageSummary } from "./package_summary.ts";
export { renderReport } from "./report/render.ts";
export { buildReport, type ReportValue } from "./report/value.ts";
export { type SearchHit, searchPackages, type SearchResult } from "./search/search.ts";
export type { FileDigest, PackedContent } from "./snapshot/checksum.ts";
export { listSnapshots, type SnapshotEntry } from "./snapshot/list.ts";
export type { SnapshotMetadata } from "./snapshot/metadata.ts";
export {
  findSnapshot,
  type RestoreOptions,
  restoreSnapshot,
  type SnapshotRestored,
} from "./snapshot/restore.ts";
export type { SnapshotLimits, VerifiedSnapshot } from "./snapshot/verify.ts";
export {
  type ManagerFile,
  type SnapshotRequest,
  type SnapshotWritten,
  writeSnapshot,
} from "./snapshot/write.ts";
export { readSources, type Sources } from "./sources.ts";
export {
  computeStats,
  type ContestedClass,
  type ListedPackage,
  type RegistryStats,
  type StatsOptions,
  type StatsTotals,
} from "./stats.ts";
export { mergeCacheFiles } from "./merge.ts";
export { managerFilesIn } from "./manager_files.ts";
export { type FetchedFile, fetchManagerData, type ManagerFetch } from "./manager_fetch.ts";
export { applyUpdate, tellProblems, type UpdateResult, type UpdateWorld } from "./update.ts";
export { MANAGER_FILES, planUpdate, updateFiles } from "./update_plan.ts";
export type {
  UpdateFiles,
  UpdateMode,
  UpdatePhase,
  UpdatePhaseKind,
  UpdatePlan,
  UpdateRequest,
  UpdateState,
} from "./update_types.ts";
export { readUpdateState } from "./update_state.ts";
export { type FilesRequest, validateFiles } from "./validation/files.ts";
export type { ClaimedCounts } from "./validation/cache.ts";
export type { Finding, FindingCode, Severity, ValidationReport } from "./validation/findings.ts";
export { SHRINKAGE_LIMIT } from "./validation/shrinkage.ts";
export { validateData, type ValidationRequest } from "./validation/validate.ts";
