/**
 * Workflows taken under care, let go of, and their two sides brought together.
 *
 * @example
 * ```ts
 * import { syncWorkflows } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../types.ts";
 *
 * async function takeComfyUIs(world: EnvironmentWorld): Promise<number> {
 *   const { steps } = await syncWorkflows(world, { strategy: "theirs" });
 *   return steps.length;
 * }
 * ```
 *
 * @module
 */
export { readWorkflowSides, type WorkflowSides } from "../places.ts";
export {
  syncWorkflows,
  workflowConflict,
  type WorkflowSyncReport,
  type WorkflowSyncRequest,
} from "../sync.ts";
export { type TrackReport, type TrackRequest, trackWorkflows, untrackWorkflows } from "../track.ts";
