/**
 * Bundles of one workflow: what it needs goes along, and comes into another environment.
 *
 * @example
 * ```ts
 * import { exportWorkflow } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../environment/mod.ts";
 *
 * async function pack(world: EnvironmentWorld, workflow: string, file: string): Promise<number | undefined> {
 *   const request = { workflow, file, nodes: "own", models: false, dryRun: false } as const;
 *   return (await exportWorkflow(world, request)).size;
 * }
 * ```
 *
 * @module
 */
export { exportWorkflow, type WorkflowExportReport, type WorkflowExportRequest } from "./export.ts";
export { importWorkflowBundle, type WorkflowImportReport } from "./import.ts";
export { planWorkflowImport, type WorkflowImportPlan } from "./plan_import.ts";
