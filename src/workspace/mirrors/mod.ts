/**
 * Bare mirrors of git repositories: one for each source, updated beside and swapped, never half there.
 *
 * @example
 * ```ts
 * import { mirrorName, type MirrorWorld, withMirror } from "./mod.ts";
 *
 * async function holds(world: MirrorWorld, url: string, commit: string) {
 *   const source = { url, mirror: await mirrorName(url) };
 *   return await withMirror(world, "packs", source, async ({ find }) => await find(commit) !== undefined);
 * }
 * ```
 *
 * @module
 */
export { type Mirror, withMirror } from "./mirror.ts";
export { mirrorName } from "./name.ts";
export type { MirrorSource, MirrorWorld } from "./types.ts";
