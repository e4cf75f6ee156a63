/**
 * What the contents of a repository's files are, known from the last time where nothing changed.
 *
 * @example
 * ```ts
 * import { openDigests } from "./mod.ts";
 *
 * const digests = await openDigests("/repository");
 * console.log(await digests.sha256("templates/index.json"));
 * await digests.save();
 * ```
 *
 * @module
 */
export { type DigestOptions, openDigests, READS_AT_ONCE } from "./digests.ts";
export { type CacheVariables, privateDirectory } from "./place.ts";
export type { Digests, FileFacts } from "./types.ts";
