/**
 * The tracked workflows of an environment: where they are, how they differ, and how ComfyUI's copies follow.
 *
 * @example
 * ```ts
 * import { compareWorkflows } from "./mod.ts";
 * import { type EnvironmentWorld, readEnvironmentState } from "../mod.ts";
 *
 * async function countEdited(world: EnvironmentWorld): Promise<number> {
 *   const { manifest } = await readEnvironmentState(world);
 *   const compared = await compareWorkflows(world.environment, manifest);
 *   return compared.filter(({ copy }) => copy === "different").length;
 * }
 * ```
 *
 * @module
 */
export {
  type ComparedWorkflow,
  compareWorkflows,
  findUntracked,
  recordedSha256,
} from "./compare.ts";
export { workflowFollower } from "./follower.ts";
export {
  comfyuiWorkflows,
  readWorkflowFile,
  type WorkflowPlaces,
  workflowPlaces,
} from "./places.ts";
