/**
 * Workflows that are looked after: which ones, how their two sides stand to each other, and how they come together.
 *
 * @example
 * ```ts
 * import { judgeWorkflow, planSync } from "./mod.ts";
 *
 * const facts = { name: "a", file: "workflows/a.json", tracked: true, ignored: false };
 * const state = judgeWorkflow({ ...facts, base: "1", kept: "1", copy: "2" });
 * console.assert(planSync([state], undefined).steps[0]?.action === "take");
 * ```
 *
 * @module
 */
export { type IgnoreRules, readIgnoreRules } from "./ignore_rules.ts";
export { judgeWorkflow } from "./judge.ts";
export { workflowFile, workflowName } from "./names.ts";
export { planSync } from "./plan.ts";
export type {
  SyncPlan,
  SyncStep,
  SyncStrategy,
  Tracking,
  WorkflowChange,
  WorkflowFacts,
  WorkflowState,
} from "./types.ts";
