/**
 * Workflows from files and addresses, and what an environment knows of their models.
 *
 * @example
 * ```ts
 * import { readWorkflowSource } from "./mod.ts";
 * import type { Session } from "../mod.ts";
 *
 * async function textOf(session: Session, address: string): Promise<string> {
 *   return (await readWorkflowSource(session, address)).text;
 * }
 * ```
 *
 * @module
 */
export { type EmbeddedWorkflow, embedModels, type GivenWorkflow, resolveHere } from "./embed.ts";
export { replaceFile } from "./replace.ts";
export { readWorkflowSource, type WorkflowSource } from "./source.ts";
