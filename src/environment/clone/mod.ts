/**
 * Copies environments: what they are, and on request what was made with them.
 *
 * @example
 * ```ts
 * import { applyClone } from "./mod.ts";
 * import { environmentLayout } from "../../workspace/reading/mod.ts";
 * import type { EnvironmentWorld } from "../types.ts";
 *
 * async function copyOf(world: EnvironmentWorld, name: string): Promise<string> {
 *   const from = environmentLayout(world.workspace, name);
 *   return (await applyClone(world, from, { withData: false, use: false })).path;
 * }
 * ```
 *
 * @module
 */
export { applyClone } from "./apply.ts";
export { planClone } from "./plan.ts";
export type { ClonePlan, CloneReport, CloneRequest } from "./types.ts";
