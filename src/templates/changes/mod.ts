/**
 * Changes of files as values: shown as a difference, carried out all or none.
 *
 * @example
 * ```ts
 * import { applyChanges, textChange, unifiedDiff } from "./mod.ts";
 *
 * const changes = textChange("bundles.json", "{}\n", '{"media-api": []}\n');
 * console.log(changes.flatMap(unifiedDiff).join("\n"));
 * await applyChanges("/repository", changes);
 * ```
 *
 * @module
 */
export { applyChanges } from "./apply.ts";
export { endInterrupted } from "./end_interrupted.ts";
export { requireInside } from "./places.ts";
export { textChange } from "./text_change.ts";
export type { ApplyOptions, EndedChanges, FileChange } from "./types.ts";
export { unifiedDiff } from "./unified_diff.ts";
