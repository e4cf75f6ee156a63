/**
 * The search for the node pack that is to blame, by halves.
 *
 * @example
 * ```ts
 * import { answerBisect, beginBisect } from "./mod.ts";
 *
 * const step = beginBisect(["one", "other"]);
 * console.assert(step.kind === "test" && step.state.held.length === 1);
 * const next = step.kind === "test" ? answerBisect(step.state, "good") : step;
 * console.assert(next.kind === "culprit");
 * ```
 *
 * @module
 */
export { continueBisect, planBisect, requireBisect, resetBisect, startBisect } from "./apply.ts";
export { answerBisect, beginBisect, testsLeft } from "./decide.ts";
export { runBisect } from "./run.ts";
export { readBisect, refuseDuringBisect } from "./state.ts";
export type { BisectAnswer, BisectState, BisectStep } from "./types.ts";
