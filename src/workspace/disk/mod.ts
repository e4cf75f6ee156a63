/**
 * What the workspace needs of the disk: sizes, copies, moves, removal, free space.
 *
 * @example
 * ```ts
 * import { copyTree, measureTrees } from "./mod.ts";
 *
 * await copyTree("environments/demo/.cec", "environments/copy/.cec");
 * const { files, bytes } = await measureTrees(["environments/copy"]);
 * ```
 *
 * @module
 */
export { copyTree, type CopyTreeOptions } from "./copy_tree.ts";
export { entriesIn, lookAt, syncDirectory } from "./exists.ts";
export { type LinkChange, linkDirectory } from "./link.ts";
export { clearTheWay, movePath } from "./move.ts";
export { removeTree } from "./remove_tree.ts";
export { freeSpace, onSameDevice } from "./space.ts";
export { measureTrees, type TreeSize } from "./tree_size.ts";
