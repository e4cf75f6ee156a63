/**
 * What a workflow says: its nodes with their scopes, links, frames and subgraphs, in one shape for all formats.
 *
 * @example
 * ```ts
 * import { readWorkflow } from "./mod.ts";
 *
 * const text = '{"1": {"class_type": "LoadImage", "inputs": {"image": "cat.png"}}}';
 * const { format, nodes } = readWorkflow(text, "cat.json");
 * console.assert(format === "api" && nodes[0]?.type === "LoadImage");
 * ```
 *
 * @module
 */
export { readWorkflow } from "./read.ts";
export { SUBGRAPH_INPUT } from "./types.ts";
export type {
  NodeInputSlot,
  NodeOutputSlot,
  NodeWidget,
  SubgraphDefinition,
  Workflow,
  WorkflowGroup,
  WorkflowLink,
  WorkflowNode,
} from "./types.ts";
