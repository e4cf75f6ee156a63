/**
 * The `.venv` of an environment: what it holds, what it was filled from, and filling it.
 *
 * @example
 * ```ts
 * import { readInstalled } from "./mod.ts";
 *
 * const packages = await readInstalled("environments/demo/.venv");
 * ```
 *
 * @module
 */
export { digestOf, resolutionDigest } from "./digests.ts";
export { fillVenv, isLockFitting, renewVenv, type VenvContent } from "./fill.ts";
export {
  findSitePackages,
  hasHalfInstalled,
  type PackageVersions,
  readInstalled,
  venvPython,
} from "./installed.ts";
export {
  diffLocks,
  type LockChange,
  type LockPackages,
  readLockPackages,
} from "./lock_packages.ts";
export {
  isFilledFrom,
  isStampOf,
  readStamp,
  samePackages,
  type VenvStamp,
  writeStamp,
} from "./stamp.ts";
export { isVenvCurrent, syncVenv } from "./sync.ts";
export { traceVenv } from "./traces.ts";
