/**
 * Looks for what is wrong with a workspace or its machine, and settles what can be settled without loss.
 *
 * @example
 * ```ts
 * import { diagnose, type DoctorWorld } from "./mod.ts";
 *
 * async function isHealthy(world: DoctorWorld): Promise<boolean> {
 *   return (await diagnose(world)).every(({ severity }) => severity !== "error");
 * }
 * ```
 *
 * @module
 */
export { applyFixes, type FixOutcome } from "./apply.ts";
export { diagnose } from "./diagnose.ts";
export type { Address, CheckName, DoctorWorld, Finding, Fix, Severity } from "./types.ts";
