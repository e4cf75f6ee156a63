/**
 * Keeps manifest and copies in step with templates, bundles and index.
 *
 * @example
 * ```ts
 * import { readSide } from "../packages/mod.ts";
 * import { workingFiles } from "../repository/mod.ts";
 * import { applySync, planSync } from "./mod.ts";
 *
 * const plan = await planSync("/repository", await readSide(workingFiles("/repository")));
 * await applySync("/repository", plan);
 * ```
 *
 * @module
 */
export { applySync } from "./apply_sync.ts";
export { planSync } from "./plan_sync.ts";
export type { StaleCopy, SyncPlan } from "./types.ts";
