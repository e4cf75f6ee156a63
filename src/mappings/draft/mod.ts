/**
 * Mappings in the making whose memory does not grow with the registry: they lie in a scratch file, and come out as a stream.
 *
 * @example
 * ```ts
 * import { DiskDraft, viewDraft, writeView } from "./mod.ts";
 *
 * const now = new Date();
 * using draft = new DiskDraft(await Deno.makeTempFile(), now.getTime());
 * draft.setPackage("a-pack", { versions: {} });
 * await writeView(await Deno.makeTempFile(), viewDraft(draft, { now: now.toISOString() }));
 * ```
 *
 * @module
 */
export { type CachePackages, fillDraft, type FillOptions } from "../build.ts";
export { countParts, type EarlierPart, type PublishedCounts } from "../earlier.ts";
export { augmentDraft } from "../manager/augment.ts";
export { readMappingsParts } from "../read_parts.ts";
export { writeView } from "../write.ts";
export { DiskDraft } from "./disk.ts";
export type { MappingsDraft } from "./types.ts";
export { type MappingsView, viewDraft } from "./view.ts";
