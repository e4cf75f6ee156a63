/**
 * How the workflows of an environment stand, for commands that only look.
 *
 * @example
 * ```ts
 * import { readWorkflowStates } from "./mod.ts";
 * import type { EnvironmentLayout } from "../../../workspace/mod.ts";
 *
 * async function countConflicts(environment: EnvironmentLayout): Promise<number> {
 *   const states = await readWorkflowStates({ environment });
 *   return states.filter(({ change }) => change === "conflict").length;
 * }
 * ```
 *
 * @module
 */
export { workflowNotFound } from "../not_found.ts";
export { readWorkflowStates } from "./read.ts";
