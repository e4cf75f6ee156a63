/**
 * The outside world of commands on one environment and what its manifest says, for those that need little else of this room.
 *
 * @example
 * ```ts
 * import { openEnvironmentWorld } from "./mod.ts";
 * import { environmentLayout, workspaceLayout } from "../../workspace/reading/mod.ts";
 *
 * const workspace = workspaceLayout("/tmp/workspace");
 * const world = openEnvironmentWorld({
 *   workspace,
 *   environment: environmentLayout(workspace, "demo"),
 *   env: {},
 *   report: { emit: () => {} },
 *   http: () => Promise.reject(new Error("no network is needed")),
 * });
 * console.assert(world.environment.name === "demo");
 * ```
 *
 * @module
 */
export { environmentErrors } from "../errors.ts";
export { hasRepository, readEnvironmentState } from "../state.ts";
export type { EnvironmentState, EnvironmentWorld } from "../types.ts";
export { openEnvironmentWorld, type WorldOptions } from "../world.ts";
