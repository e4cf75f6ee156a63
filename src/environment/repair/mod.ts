/**
 * Brings damaged and half-done environments back to what their manifests say.
 *
 * @example
 * ```ts
 * import { repairEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function whatIsWrong(world: EnvironmentWorld): Promise<readonly string[]> {
 *   const { findings } = await repairEnvironment(world, { dryRun: true });
 *   return findings.map(({ problem }) => problem);
 * }
 * ```
 *
 * @module
 */
export { repairEnvironment } from "./repair.ts";
export type { FindingOutcome, RepairFinding, RepairPart, RepairReport } from "./types.ts";
