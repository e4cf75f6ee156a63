/**
 * Who provides the classes that a workflow uses, and which files its models are: with the evidence for each answer.
 *
 * @example
 * ```ts
 * import { resolveNodes } from "./mod.ts";
 *
 * const knowledge = {
 *   builtins: new Set(["KSampler"]),
 *   installed: [],
 *   index: { knowsRegistry: true, lookup: () => [], packageOf: () => undefined, packageOfRepository: () => undefined, find: () => [] },
 *   choices: { nodes: {}, prefer: [], deny: [] },
 * };
 * const needs = [{ type: "KSampler", signature: "_", places: [] }];
 * console.assert(resolveNodes(needs, knowledge)[0]?.outcome === "builtin");
 * ```
 *
 * @module
 */
export { planEmbedding } from "./embed.ts";
export { resolveModels } from "./models.ts";
export type {
  LocalModel,
  LocalModels,
  ModelEvidence,
  ModelKnowledge,
  ModelOffer,
  ModelOutcome,
  ResolvedModel,
} from "./model_types.ts";
export { rememberLookups, suggestPacks } from "./node_search.ts";
export type {
  InstalledPack,
  NodeCandidate,
  NodeChoices,
  NodeEvidence,
  NodeKnowledge,
  NodeOutcome,
  PackIndex,
  ResolvedNode,
} from "./node_types.ts";
export { resolveNodes } from "./nodes.ts";
export { planResolution, type ResolutionPlan } from "./plan.ts";
export { placeBelow } from "./paths.ts";
