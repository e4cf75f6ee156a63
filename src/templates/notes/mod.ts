/**
 * What a release brings, as notes and as a section of the changelog.
 *
 * @example
 * ```ts
 * import { insertSection } from "./mod.ts";
 *
 * console.assert(insertSection("", ["## 0.6.0"]) === "# Changelog\n\n## 0.6.0\n");
 * ```
 *
 * @module
 */
export { insertSection } from "./changelog.ts";
export { type ReleaseNotes, releaseNotes, renderNotes } from "./release_notes.ts";
