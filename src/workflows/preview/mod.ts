/**
 * A picture of a workflow, for a README or a review.
 *
 * @example
 * ```ts
 * import { drawWorkflow } from "./mod.ts";
 * import { readWorkflow } from "../graph/mod.ts";
 *
 * const svg = drawWorkflow(readWorkflow('{"1": {"class_type": "LoadImage", "inputs": {}}}', "a.json"));
 * console.assert(svg.startsWith("<svg"));
 * ```
 *
 * @module
 */
export { drawWorkflow, isDrawing, type PreviewOptions } from "./svg.ts";
