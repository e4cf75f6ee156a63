import { type BundleCode, bundleCodes } from "./codes/bundles.ts";
import { type PackageCode, packageCodes } from "./codes/packages.ts";
import { type PyprojectCode, pyprojectCodes } from "./codes/pyproject.ts";
import { type RepositoryCode, repositoryCodes } from "./codes/repository.ts";
import type { FindingFacts } from "./facts.ts";

/** The name of one kind of fault: `E_…` for what is an error, `W_…` for what is a warning. */
export type FindingCode = RepositoryCode | BundleCode | PyprojectCode | PackageCode;

/** Every kind of fault that a check can find. */
export const findingCodes: Readonly<Record<FindingCode, FindingFacts>> = {
  ...repositoryCodes,
  ...bundleCodes,
  ...pyprojectCodes,
  ...packageCodes,
};
