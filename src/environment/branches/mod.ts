/**
 * The branches of an environment: listed, made, deleted, and switched to with all that follows.
 *
 * @example
 * ```ts
 * import { switchBranch } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function tryOut(world: EnvironmentWorld): Promise<string> {
 *   return (await switchBranch(world, { branch: "try", create: true })).plan.branch;
 * }
 * ```
 *
 * @module
 */
export { type BranchChange, type BranchOptions, createBranch, deleteBranch } from "./change.ts";
export { branchErrors } from "./errors.ts";
export {
  type BranchList,
  branchRef,
  currentBranch,
  type EnvironmentBranch,
  listBranches,
} from "./list.ts";
export { readSafeTree } from "./safe_tree.ts";
export { switchBranch, type SwitchReport, type SwitchRequest } from "./switch.ts";
export {
  type FilePlan,
  planFiles,
  planSwitch,
  refuseLost,
  type SwitchPlan,
} from "./switch_plan.ts";
