/**
 * Faults in the files of a template repository: one type, one list of codes, used by every check.
 *
 * @example
 * ```ts
 * import { finding } from "./mod.ts";
 *
 * const found = finding("E_BAD_ID", { file: "bundles.json", path: ["media-api", 3] }, 'The id "a " ends with a blank');
 * console.assert(found.severity === "error" && found.path === "$.media-api[3]");
 * ```
 *
 * @module
 */
export { type FindingCode, findingCodes } from "./codes.ts";
export type { BundleCode } from "./codes/bundles.ts";
export type { PackageCode } from "./codes/packages.ts";
export type { PyprojectCode } from "./codes/pyproject.ts";
export type { RepositoryCode } from "./codes/repository.ts";
export type { SyncCode } from "./codes/sync.ts";
export type { IndexCode } from "./codes/index.ts";
export type { AssetCode } from "./codes/assets.ts";
export type { WorkflowCode } from "./codes/workflows.ts";
export type { LocaleCode } from "./codes/locales.ts";
export type { ManifestCode } from "./codes/manifest.ts";
export type { PolicyCode } from "./codes/policy.ts";
export type { LinkCode } from "./codes/links.ts";
export type { CiCode } from "./codes/ci.ts";
export type { DocsCode } from "./codes/docs.ts";
export type { CompatCode } from "./codes/compat.ts";
export { countFindings, finding, placeOf, requireSound, sortFindings } from "./finding.ts";
export type { FindingArea, FindingFacts, Severity } from "./facts.ts";
export type { Finding, FindingPlace, Reading } from "./types.ts";
