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
export { applyChanges, textChange } from "./apply.ts";
export type { FileChange } from "./types.ts";
export { unifiedDiff } from "./unified_diff.ts";
