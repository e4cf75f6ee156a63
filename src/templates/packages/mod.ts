/**
 * Packages of templates between two releases: what changed, which versions and pins follow from it.
 *
 * @example
 * ```ts
 * import { createGit, createRunner } from "../../tools/mod.ts";
 * import { compareWithRelease, planBump } from "./mod.ts";
 *
 * const git = createGit(createRunner({ env: Deno.env.toObject() }));
 * const comparison = await compareWithRelease(git, "/repository");
 * console.log(planBump(comparison).raised);
 * ```
 *
 * @module
 */
export { type BumpOptions, type BumpPlan, planBump, requireUnfrozen } from "./bump.ts";
export { type ChangeOptions, compareWithRelease } from "./changed.ts";
export type { ComparedSide, Comparison, ShippedFile } from "./compared_side.ts";
export { checkPyprojects, type VersionChoice, versionFaults } from "./check_pyproject.ts";
export { checkBumped, checkFrozen } from "./check_release.ts";
export { allowsPython, checkPython } from "./python_versions.ts";
export { refusedChanges } from "./frozen.ts";
export { dataFaults, type ShippedFiles, shippedFiles } from "./package_data.ts";
export { checkPins, formerNames, type PinPlan, type PlannedVersions, planPins } from "./pins.ts";
export type { Snapshot } from "./snapshots.ts";
export { readSide, type RepositorySide } from "./side.ts";
export { type BaseChoice, baseOf, type ReleaseBase, versionOfTag } from "./tags.ts";
export type {
  ChangedPackage,
  ChangeReason,
  ChangeRule,
  FilePlace,
  FrozenChange,
  ReleaseChanges,
} from "./types.ts";
