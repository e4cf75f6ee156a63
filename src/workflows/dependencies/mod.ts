/**
 * What a workflow needs: classes of nodes, models, input files, and the addresses that its notes give.
 *
 * @example
 * ```ts
 * import { analyzeWorkflow, readLoaderTable } from "./mod.ts";
 * import { readWorkflow } from "../graph/mod.ts";
 *
 * const text = '{"1": {"class_type": "VAELoader", "inputs": {"vae_name": "ae.safetensors"}}}';
 * const { models } = analyzeWorkflow(readWorkflow(text, "vae.json"), await readLoaderTable());
 * console.assert(models[0]?.folders[0] === "vae");
 * ```
 *
 * @module
 */
export { analyzeWorkflow } from "./analyze.ts";
export { type FileWidget, type LoaderTable, readLoaderTable } from "./loader_table.ts";
export { baseName, isModelFile } from "./model_file.ts";
export { isNote } from "./note_links.ts";
export type {
  EmbeddedModel,
  FileReference,
  ModelReference,
  NodeNeed,
  NodePlace,
  NoteLink,
  ReferenceEvidence,
  WorkflowDependencies,
} from "./types.ts";
