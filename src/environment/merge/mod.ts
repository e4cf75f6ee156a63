/**
 * Merging histories of environments: by the keys of the manifest and by whole files, with all that follows.
 *
 * @example
 * ```ts
 * import { mergeEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function takeOver(world: EnvironmentWorld, branch: string): Promise<number> {
 *   const { plan } = await mergeEnvironment(world, { revision: branch, choice: "theirs" });
 *   return plan.changes.length;
 * }
 * ```
 *
 * @module
 */
export { mergeEnvironment, type MergeReport, previewMergedLock } from "./apply.ts";
export { mergeErrors } from "./errors.ts";
export { type MergePlan, type MergeRequest, planMerge } from "./plan.ts";
export { mergeSnapshots } from "./three_way.ts";
export type {
  FieldDifference,
  MergeChange,
  MergeChoice,
  MergeConflict,
  MergeKind,
  MergeOutcome,
  MergeSide,
  MergeSides,
  MergeSubject,
  Snapshot,
} from "./types.ts";
