/**
 * The files of workflows by the names that people give them, for work that needs little else.
 *
 * @example
 * ```ts
 * import { findWorkflowFile } from "./mod.ts";
 *
 * console.assert(await findWorkflowFile(undefined, "portrait.json") === "portrait.json");
 * ```
 *
 * @module
 */
export { findWorkflowFile, type WorkflowSide } from "./find.ts";
