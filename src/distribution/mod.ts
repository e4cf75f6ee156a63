/**
 * Where this comfydock is published: the one address that releases, the bundle and published data are fetched from.
 *
 * @example
 * ```ts
 * import { parseDistribution, releaseAsset } from "./mod.ts";
 *
 * const distribution = parseDistribution("https://git.example.org/someone/comfydock");
 * releaseAsset(distribution, "comfydock.js");
 * ```
 *
 * @module
 */
export {
  DATA_BRANCH,
  type Distribution,
  DISTRIBUTION_FILE,
  parseDistribution,
  publishedFile,
  publishedPlace,
  readDistribution,
  releaseAsset,
  requireDistribution,
  withRepository,
} from "./address.ts";
export { distributionErrors } from "./errors.ts";
export {
  CHECKSUMS_FILE,
  checksumsText,
  parseRelease,
  programName,
  type Release,
  RELEASE_FILE,
  type ReleaseFile,
  releaseText,
} from "./release.ts";
