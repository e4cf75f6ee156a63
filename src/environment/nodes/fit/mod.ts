/**
 * Whether the node packs of an environment fit together, with the resolver and the files of that environment.
 *
 * @example
 * ```ts
 * import { requireFit } from "./mod.ts";
 * import { type EnvironmentWorld, readEnvironmentState } from "../../mod.ts";
 *
 * async function lockFor(world: EnvironmentWorld, manifestText: string): Promise<string> {
 *   return await requireFit(world, { manifestText, before: await readEnvironmentState(world) });
 * }
 * ```
 *
 * @module
 */
export { type CheckedPack, checkNodes, type NodeCheck, type NodeCheckRequest } from "./check.ts";
export type { FitProjectRequest } from "./project.ts";
export { type FitRequest, requireFit } from "./require.ts";
