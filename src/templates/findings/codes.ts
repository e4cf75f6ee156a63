import { type CompatCode, compatCodes } from "./codes/compat.ts";
import { type SyncCode, syncCodes } from "./codes/sync.ts";
import { type IndexCode, indexCodes } from "./codes/index.ts";
import { type AssetCode, assetCodes } from "./codes/assets.ts";
import { type WorkflowCode, workflowCodes } from "./codes/workflows.ts";
import { type LocaleCode, localeCodes } from "./codes/locales.ts";
import { type ManifestCode, manifestCodes } from "./codes/manifest.ts";
import { type PolicyCode, policyCodes } from "./codes/policy.ts";
import { type LinkCode, linkCodes } from "./codes/links.ts";
import { type DocsCode, docsCodes } from "./codes/docs.ts";
import { type CiCode, ciCodes } from "./codes/ci.ts";
import { type BundleCode, bundleCodes } from "./codes/bundles.ts";
import { type PackageCode, packageCodes } from "./codes/packages.ts";
import { type PyprojectCode, pyprojectCodes } from "./codes/pyproject.ts";
import { type RepositoryCode, repositoryCodes } from "./codes/repository.ts";
import type { FindingFacts } from "./facts.ts";

/** The name of one kind of fault: `E_…` for what is an error, `W_…` for what is a warning. */
export type FindingCode =
  | RepositoryCode
  | BundleCode
  | PyprojectCode
  | PackageCode
  | SyncCode
  | IndexCode
  | AssetCode
  | WorkflowCode
  | LocaleCode
  | ManifestCode
  | PolicyCode
  | LinkCode
  | CiCode
  | DocsCode
  | CompatCode;

/** Every kind of fault that a check can find. */
export const findingCodes: Readonly<Record<FindingCode, FindingFacts>> = {
  ...repositoryCodes,
  ...bundleCodes,
  ...pyprojectCodes,
  ...packageCodes,
  ...syncCodes,
  ...indexCodes,
  ...assetCodes,
  ...workflowCodes,
  ...localeCodes,
  ...manifestCodes,
  ...policyCodes,
  ...linkCodes,
  ...ciCodes,
  ...docsCodes,
  ...compatCodes,
};
