/**
 * Node packs: what is known of them, how they are named, where their files come from, and whether they fit together.
 *
 * @example
 * ```ts
 * import { nodeErrors } from "./mod.ts";
 *
 * console.assert(nodeErrors.NODE_PACK_NOT_FOUND.exit === 4);
 * ```
 *
 * @module
 */
export { nodeErrors } from "./errors.ts";
export {
  type FindResult,
  type NodeIndexOptions,
  openNodeIndex,
  withNodeIndex,
  type WorkspaceNodeIndex,
} from "./index/mod.ts";
export { type GroupEdits, groupEdits } from "./fit/mod.ts";
export { type PackRequirementsOptions, readPackRequirements } from "./requirements/mod.ts";
export type {
  FindOptions,
  FoundPackage,
  NodeDirectory,
  NodeIndex,
  NodeReference,
  NodeTarget,
  NodeWorld,
  ObtainedNode,
  PackRequirement,
  PackRequirements,
  RequirementFinding,
} from "./types.ts";
