/**
 * Makes new environments: ComfyUI, Python, packages, history, links.
 *
 * @example
 * ```ts
 * import { applyCreate, type CreatePlan } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function make(world: EnvironmentWorld, plan: CreatePlan): Promise<string> {
 *   return (await applyCreate(world, plan)).path;
 * }
 * ```
 *
 * @module
 */
export { applyCreate, type CreateReport } from "./apply.ts";
export { type CreateFacts, type CreatePlan, type CreateRequest, planCreate } from "./plan.ts";
export {
  applyRestore,
  type RestoredNode,
  type RestorePlan,
  type RestoreReport,
} from "./restore.ts";
export type { RestoredHistory } from "./restore_history.ts";
export type { RestoredPackages, RestoredWheel, RestoredWheels } from "./restored_wheels.ts";
