/**
 * Versions of packages of templates: three numbers, and pre-releases such as `0.6.0rc1`.
 *
 * @example
 * ```ts
 * import { canonicalVersion, parseReleaseVersion } from "./mod.ts";
 *
 * console.assert(canonicalVersion("0.6.0-rc.1") === "0.6.0rc1");
 * console.assert(parseReleaseVersion("7.35") === undefined);
 * ```
 *
 * @module
 */
export {
  canonicalVersion,
  parsePreLabel,
  parseReleaseVersion,
  raiseVersion,
  type ReleaseVersion,
  type VersionLevel,
} from "./release_version.ts";
