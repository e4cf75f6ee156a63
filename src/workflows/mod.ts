/**
 * Workflows of ComfyUI: read from all that ComfyUI saves, understood, resolved, edited without loss, tracked.
 *
 * @example
 * ```ts
 * import { editJson } from "./mod.ts";
 *
 * const edited = editJson('{"nodes": []}', [{ path: ["version"], value: 0.4 }]);
 * console.assert(edited === '{"nodes": [], "version": 0.4}');
 * ```
 *
 * @module
 */
export { type CarrierKind } from "./carriers/mod.ts";
export {
  analyzeWorkflow,
  baseName,
  type EmbeddedModel,
  type FileReference,
  type FileWidget,
  isModelFile,
  isNote,
  type LoaderTable,
  type ModelReference,
  type NodeNeed,
  type NodePlace,
  type NoteLink,
  readLoaderTable,
  type ReferenceEvidence,
  type WorkflowDependencies,
} from "./dependencies/mod.ts";
export {
  diffWorkflows,
  type LinkName,
  type NodeChange,
  type NodeName,
  type WidgetChange,
  type WorkflowDiff,
} from "./diff/mod.ts";
export { workflowErrors } from "./errors.ts";
export {
  type NodeInputSlot,
  type NodeOutputSlot,
  type NodeWidget,
  readWorkflow,
  SUBGRAPH_INPUT,
  type SubgraphDefinition,
  type Workflow,
  type WorkflowGroup,
  type WorkflowLink,
  type WorkflowNode,
} from "./graph/mod.ts";
export { editJson, type JsonEdit, type JsonPath, type JsonValue } from "./json/mod.ts";
export { drawWorkflow, isDrawing, type PreviewOptions } from "./preview/mod.ts";
export { type OpenedWorkflow, openWorkflow } from "./open.ts";
export {
  type InstalledPack,
  type LocalModel,
  type LocalModels,
  type ModelEvidence,
  type ModelKnowledge,
  type ModelOffer,
  type ModelOutcome,
  type NodeCandidate,
  type NodeChoices,
  type NodeEvidence,
  type NodeKnowledge,
  type NodeOutcome,
  type PackIndex,
  placeBelow,
  planEmbedding,
  planResolution,
  rememberLookups,
  type ResolutionPlan,
  type ResolvedModel,
  type ResolvedNode,
  resolveModels,
  resolveNodes,
  suggestPacks,
} from "./resolution/mod.ts";
export {
  type IgnoreRules,
  judgeWorkflow,
  planSync,
  readIgnoreRules,
  type SyncPlan,
  type SyncStep,
  type SyncStrategy,
  type Tracking,
  type WorkflowChange,
  type WorkflowFacts,
  workflowFile,
  workflowName,
  type WorkflowState,
} from "./tracking/mod.ts";
