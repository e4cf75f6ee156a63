/**
 * Building of the packages of a repository: in order, checked, staged, and reported.
 *
 * @example
 * ```ts
 * import { readSide } from "../packages/mod.ts";
 * import { workingFiles } from "../repository/mod.ts";
 * import { buildPackages, planBuild } from "./mod.ts";
 *
 * const side = await readSide(workingFiles("/repository"));
 * const plan = await planBuild("/repository", side);
 * await buildPackages(plan, { dist: "/repository/dist", limits: side.repository.limits });
 * ```
 *
 * @module
 */
export { type BuildOptions, buildPackages, type BuildResult } from "./build.ts";
export {
  type Builder,
  commandBuilder,
  type CommandBuilderOptions,
  nativeBuilder,
} from "./builder.ts";
export { applyClean, type CleanPlan, planClean } from "./clean.ts";
export { copiesError, unplannedError } from "./copies.ts";
export { buildLevels } from "./order.ts";
export { type BuildChoice, planBuild } from "./plan_build.ts";
export { BUILD_REPORT, readBuildReport, readFiles } from "./report.ts";
export { judgeSizes, requireSizes, type SizeVerdict } from "./sizes.ts";
export type { BuildPlan, BuiltPackage, CopyFault, PlannedPackage } from "./types.ts";
