/**
 * Another ComfyUI for an environment, newer or older.
 *
 * @example
 * ```ts
 * import { updateEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function toLatest(world: EnvironmentWorld): Promise<boolean> {
 *   return (await updateEnvironment(world, { wanted: "latest" })).moved;
 * }
 * ```
 *
 * @module
 */
export { updateEnvironment, type UpdateReport, type UpdateRequest } from "./apply.ts";
export {
  defaultTarget,
  planUpdate,
  type RecordedComfyUI,
  type UpdateFacts,
  type UpdatePlan,
} from "./plan.ts";
