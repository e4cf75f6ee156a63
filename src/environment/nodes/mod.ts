/**
 * The node packs of one environment: what is on disk, plans and their application, and the search for a faulty one.
 *
 * @example
 * ```ts
 * import { listNodes } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function namesOf(world: EnvironmentWorld): Promise<readonly string[]> {
 *   return (await listNodes(world)).nodes.map(({ node }) => node.id);
 * }
 * ```
 *
 * @module
 */
export { addNodes } from "./add.ts";
export type { AddRequest, ResolveNode } from "./request.ts";
export {
  answerBisect,
  beginBisect,
  type BisectAnswer,
  type BisectState,
  type BisectStep,
  continueBisect,
  planBisect,
  readBisect,
  requireBisect,
  resetBisect,
  runBisect,
  startBisect,
  testsLeft,
} from "./bisect/mod.ts";
export { nodeChangeErrors } from "./errors.ts";
export { nodeFollower } from "./follower.ts";
export { inspectNodes } from "./inspect.ts";
export { type ListedNode, listNodes, type NodeDiskState } from "./list.ts";
export type { NodePlaces } from "./places.ts";
export { planNodes, requirementsOf } from "./plan.ts";
export { planPrune, pruneNodes, type PrunePlan, readPrunePlan } from "./prune.ts";
export { removeNodes, type RemoveOptions } from "./remove.ts";
export {
  type NodeSurvey,
  type StrangeDirectory,
  type SurveyedNode,
  surveyNodes,
  type SurveyOptions,
} from "./survey.ts";
export { switchNodes } from "./switch.ts";
export type { TreeState } from "./tree_state.ts";
export type { TrialOptions } from "./trial.ts";
export type { NodeFailure } from "./collect.ts";
export type { NodeAction, NodeChange, NodePlan, NodeReport } from "./types.ts";
export {
  isOutdated,
  type NodeNews,
  readNodeNews,
  updateNodes,
  type UpdateRequest,
} from "./update.ts";
