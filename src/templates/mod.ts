/**
 * Repositories of workflow templates: read, checked, edited, and released as Python packages.
 *
 * @example
 * ```ts
 * import { findRepositoryRoot, openRepository, workingFiles } from "./mod.ts";
 *
 * const repository = await openRepository(workingFiles(await findRepositoryRoot(".")));
 * for (const { id, version, bundles } of repository.packages) console.log(id, version, bundles);
 * ```
 *
 * @module
 */
export {
  applyChanges,
  type ApplyOptions,
  type EndedChanges,
  endInterrupted,
  type FileChange,
  textChange,
  unifiedDiff,
} from "./changes/mod.ts";
export {
  type ContentFacts,
  excludedIds,
  type PackageContents,
  packagedIndexText,
  type PackageFile,
  planContents,
} from "./contents/mod.ts";
export { templateErrors } from "./errors.ts";
export {
  type AssetCode,
  type BundleCode,
  type CiCode,
  type CompatCode,
  countFindings,
  type DocsCode,
  type Finding,
  finding,
  type FindingArea,
  type FindingCode,
  findingCodes,
  type FindingFacts,
  type FindingPlace,
  type IndexCode,
  type LinkCode,
  type LocaleCode,
  type ManifestCode,
  type PackageCode,
  placeOf,
  type PolicyCode,
  type PyprojectCode,
  type Reading,
  type RepositoryCode,
  requireSound,
  type Severity,
  sortFindings,
  type SyncCode,
  type WorkflowCode,
} from "./findings/mod.ts";
export {
  CONFIG_FILE,
  editDocument,
  extensionOf,
  type FileOwner,
  findRepositoryRoot,
  isId,
  type JsonDocument,
  type LogoFiles,
  manifestPath,
  openRepository,
  ownerOfFile,
  parseJsonDocument,
  placeIn,
  readBundles,
  readConfig,
  readIndex,
  readIndexes,
  readJsonDocument,
  readLogos,
  readManifest,
  readManifestFile,
  type RepositoryConfig,
  type RepositoryFiles,
  type RevisionFiles,
  revisionFiles,
  type SizeLimits,
  suggestId,
  whyExcluded,
  workingFiles,
} from "./repository/mod.ts";
export { readTemplateSchema, SCHEMA_KINDS, type SchemaKind } from "./schemas/mod.ts";
export type {
  Bundle,
  Bundles,
  ManifestAsset,
  ManifestEntry,
  PackageKind,
  PackageRequirement,
  TemplateCategory,
  TemplateEntry,
  TemplateFile,
  TemplateIndex,
  TemplateLogo,
  TemplateManifest,
  TemplatePackage,
  TemplateRepository,
  VersionPolicy,
} from "./types.ts";
