/**
 * The wheels of a lock: which of them a platform needs, where they come from, and whether a bundle holds the right ones.
 *
 * @example
 * ```ts
 * import { fits, ownPlatform, readWheelName } from "./mod.ts";
 *
 * const wheel = readWheelName("six-1.17.0-py2.py3-none-any.whl");
 * console.assert(wheel !== undefined && fits(wheel, ownPlatform(), "3.12"));
 * ```
 *
 * @module
 */
export { checkWheels } from "./check.ts";
export { type DirectUrl, directUrlOf, type LockedSource } from "./locked_source.ts";
export { obtainWheels } from "./obtain.ts";
export type { ObtainedFile, WheelRequest } from "./obtained.ts";
export {
  type NeededPackage,
  type PlannedBuild,
  planWheels,
  type SourceArchive,
  type SourceCommit,
  type WantedFile,
  type WheelPlan,
  wheelsFor,
} from "./plan.ts";
export {
  findPlatform,
  ownPlatform,
  type Platform,
  platformNames,
  readPlatform,
} from "./platform.ts";
export { type LockedFile, type LockedPackage, readLockedPackages } from "./read_lock.ts";
export { fits, isSameVersion, readWheelName, type WheelName } from "./wheel_name.ts";
