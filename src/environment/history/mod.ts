/**
 * The history of an environment: commits, the way back to them, and taking back the last command.
 *
 * @example
 * ```ts
 * import { commitEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function save(world: EnvironmentWorld): Promise<string> {
 *   return (await commitEnvironment(world, "Before the experiment")).commit;
 * }
 * ```
 *
 * @module
 */
export { bringAlong, type BroughtAlong, NOTHING_BROUGHT, readEarlierFacts } from "./bring_along.ts";
export { applyFileSteps, filePath, type FileStep } from "./file_steps.ts";
export { commitChanges, noteHead, uncommitted } from "./commit.ts";
export { rollbackEnvironment, type RollbackReport } from "./rollback.ts";
export { planRollback, type RollbackPlan } from "./rollback_plan.ts";
export { commitEnvironment, requireHistory, type SavedCommit } from "./save.ts";
export { newestUndoScope, planEnvironmentUndo, takeBackOwn, undoEnvironment } from "./undo.ts";
