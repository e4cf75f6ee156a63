/**
 * What two versions of a workflow do differently.
 *
 * @example
 * ```ts
 * import { diffWorkflows } from "./mod.ts";
 * import { readWorkflow } from "../graph/mod.ts";
 *
 * const version = (seed: number) => readWorkflow(`{"1": {"class_type": "A", "inputs": {"seed": ${seed}}}}`, "a.json");
 * const { nodes } = diffWorkflows(version(1), version(2), { models: new Map(), inputs: new Map() });
 * console.assert(nodes.changed[0]?.widgets[0]?.widget === "seed");
 * ```
 *
 * @module
 */
export { diffWorkflows } from "./compare.ts";
export type { LinkName, NodeChange, NodeName, WidgetChange, WorkflowDiff } from "./types.ts";
