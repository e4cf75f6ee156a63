/**
 * Pictures, sounds and videos that carry the workflow they were made by: PNG, WebP, FLAC, MP4, WebM.
 *
 * @example
 * ```ts
 * import { carrierOf, inMemory } from "./mod.ts";
 *
 * console.assert(carrierOf(inMemory(new TextEncoder().encode("{}"))) === undefined);
 * ```
 *
 * @module
 */
export { inFile, inMemory } from "./access.ts";
export { carrierOf, type EmbeddedWorkflow, readEmbeddedWorkflow } from "./read.ts";
export type { CarrierKind, RandomAccess } from "./types.ts";
