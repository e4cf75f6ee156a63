/**
 * Running ComfyUI: in the foreground, detached, its log and its end.
 *
 * @example
 * ```ts
 * import { prepareRun, runDetached, stopRun } from "./mod.ts";
 * import type { EnvironmentWorld } from "../types.ts";
 *
 * async function tryOut(world: EnvironmentWorld): Promise<void> {
 *   const plan = await prepareRun(world, {
 *     mode: "detached",
 *     port: "auto",
 *     args: ["--cpu"],
 *     sync: true,
 *   });
 *   await runDetached(world, plan, { waitMs: 120_000 });
 *   await stopRun(world, 10_000);
 * }
 * ```
 *
 * @module
 */
export { type DetachedOptions, type DetachedRun, runDetached } from "./detached.ts";
export type { EndedRun } from "./end_run.ts";
export { runErrors } from "./errors.ts";
export { endedError, exitOf } from "./failures.ts";
export { type ForegroundOptions, runShown, type ShownRun } from "./foreground.ts";
export { followLog, type FollowOptions } from "./log_follow.ts";
export { type LogPlace, type LogTail, readLastLines } from "./log_tail.ts";
export { readRunState, type RunStateWorld } from "./run_state.ts";
export { prepareRun } from "./start.ts";
export { type StopResult, stopRun } from "./stop.ts";
export type { RunEnd, RunPlan, RunRecord, RunRequest, RunState } from "./types.ts";
