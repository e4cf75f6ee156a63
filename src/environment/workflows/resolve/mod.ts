/**
 * Workflows made to run: what they need is found, installed, fetched and written down.
 *
 * @example
 * ```ts
 * import { resolveWorkflow, type ResolveRequest } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../mod.ts";
 *
 * async function countOpen(world: EnvironmentWorld, request: ResolveRequest): Promise<number> {
 *   const { before: { plan } } = await resolveWorkflow(world, { ...request, dryRun: true });
 *   return plan.open.classes.length + plan.open.models.length;
 * }
 * ```
 *
 * @module
 */
export { readResolution, type WorkflowResolutionRequest } from "./read.ts";
export { resolveWorkflow } from "./resolve.ts";
export type { ResolveAnswers, ResolveReport, ResolveRequest, WorkflowResolution } from "./types.ts";
export { recordedUrl } from "./write.ts";
