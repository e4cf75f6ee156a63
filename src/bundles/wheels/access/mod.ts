/**
 * Who may read package indexes, as uv knows it.
 *
 * @example
 * ```ts
 * import { openIndexAccess } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../../environment/mod.ts";
 *
 * async function headers(world: EnvironmentWorld, url: string): Promise<Readonly<Record<string, string>>> {
 *   return await (await openIndexAccess(world, "")).headersFor(url);
 * }
 * ```
 *
 * @module
 */
export { type IndexAccess, openIndexAccess } from "./credentials.ts";
