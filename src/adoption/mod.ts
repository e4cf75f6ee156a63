/**
 * Installs of ComfyUI that grew without comfydock: read without changing them, and made again as environments.
 *
 * @example
 * ```ts
 * import { planAdoption, surveyInstall } from "./mod.ts";
 * import type { EnvironmentWorld } from "../environment/mod.ts";
 *
 * async function unknowns(world: EnvironmentWorld, path: string): Promise<readonly string[]> {
 *   const { preview } = planAdoption(await surveyInstall(world, path), {});
 *   return preview.filter(({ certainty }) => certainty === "unknown").map(({ subject }) => subject);
 * }
 * ```
 *
 * @module
 */
export { type AdoptionReport, type AdoptionTools, applyAdoption } from "./apply.ts";
export { adoptionErrors } from "./errors.ts";
export type { WorkingCopy } from "./git_state.ts";
export type { Install, InstallKind } from "./layout.ts";
export type { FoundModels, ModelDirectory, ModelProblem } from "./models.ts";
export type { PythonFacts } from "./packages.ts";
export type { FoundPack, FoundPacks } from "./packs.ts";
export { type AdoptionChoice, type AdoptionPlan, planAdoption } from "./plan.ts";
export type { FoundSnapshot } from "./snapshot.ts";
export { type Survey, surveyInstall } from "./survey.ts";
export type { FoundWorkflows } from "./workflows.ts";
