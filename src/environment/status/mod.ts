/**
 * What an environment is against what it should be.
 *
 * @example
 * ```ts
 * import { readStatus } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function isClean(world: EnvironmentWorld): Promise<boolean> {
 *   return (await readStatus(world)).differences.length === 0;
 * }
 * ```
 *
 * @module
 */
export { isJournalOpen } from "./history.ts";
export { judgeEnvironment, type Judgement, settledBySync } from "./judge.ts";
export { readStatus } from "./read.ts";
export type {
  Difference,
  DifferenceKind,
  EnvironmentStatus,
  Inspector,
  StatusFacts,
} from "./types.ts";
