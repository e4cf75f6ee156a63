/**
 * Pulling published node mappings, so that a workspace knows all packs without crawling the registry.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../../http/mod.ts";
 * import { silentReporter } from "../../base/mod.ts";
 * import { pullMappings } from "./mod.ts";
 *
 * async function refresh(sources: string[], target: string) {
 *   const world = { http: createHttpClient(), report: silentReporter };
 *   return (await pullMappings({ sources, target, ...world })).changed;
 * }
 * ```
 *
 * @module
 */
export { pullMappings } from "./pull.ts";
export type { Pulled, PullRequest } from "./types.ts";
