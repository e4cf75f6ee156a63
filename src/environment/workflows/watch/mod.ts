/**
 * Workflows kept in step while people work in ComfyUI: file events, bursts, rounds.
 *
 * @example
 * ```ts
 * import { watchWorkflows } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../types.ts";
 *
 * async function firstSync(world: EnvironmentWorld): Promise<readonly string[]> {
 *   for await (const told of watchWorkflows(world, { commit: true })) {
 *     if (told.event === "synced") return told.steps.map(({ name }) => name);
 *   }
 *   return [];
 * }
 * ```
 *
 * @module
 */
export type { ToldWorkflow, WatchEvent, WatchOptions } from "./types.ts";
export { watchWorkflows } from "./watch.ts";
