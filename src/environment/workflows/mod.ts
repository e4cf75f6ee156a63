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
  isBehindLink,
  recordedSha256,
} from "./compare.ts";
export { workflowChangeErrors } from "./errors.ts";
export { type ImportReport, type ImportRequest, importWorkflow } from "./import.ts";
export { readNodeKnowledge } from "./knowledge.ts";
export { workflowFollower } from "./follower.ts";
export { readWorkflowStates } from "./states/mod.ts";
export { surveyWorkflows } from "./survey.ts";
export {
  syncWorkflows,
  type TrackReport,
  type TrackRequest,
  trackWorkflows,
  untrackWorkflows,
  type WorkflowSyncReport,
  type WorkflowSyncRequest,
} from "./tracked/mod.ts";
export {
  comfyuiWorkflows,
  readWorkflowFile,
  type WorkflowPlaces,
  workflowPlaces,
} from "./places.ts";
export {
  readResolution,
  recordedUrl,
  type ResolveAnswers,
  type ResolveReport,
  type ResolveRequest,
  resolveWorkflow,
  type WorkflowResolution,
  type WorkflowResolutionRequest,
} from "./resolve/mod.ts";
export {
  type ToldWorkflow,
  type WatchEvent,
  type WatchOptions,
  watchWorkflows,
} from "./watch/mod.ts";
