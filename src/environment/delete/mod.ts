/**
 * Deletes environments, and keeps what could not be had again.
 *
 * @example
 * ```ts
 * import { planDelete, surveyEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../types.ts";
 *
 * async function whatWouldBeKept(world: EnvironmentWorld): Promise<readonly string[]> {
 *   const survey = await surveyEnvironment(world, { purge: false });
 *   const plan = planDelete(world.environment, survey, { purge: false });
 *   return plan.kept.map(({ path }) => path);
 * }
 * ```
 *
 * @module
 */
export { applyDelete } from "./apply.ts";
export { planDelete } from "./plan.ts";
export { surveyEnvironment } from "./survey.ts";
export type { DeletePlan, EnvironmentSurvey, KeptPath, KeptReason } from "./types.ts";
