/**
 * The node index of a workspace: which packs there are, which classes they provide, and the search among them.
 *
 * It is made from the starter index that comes with comfydock, or from published mappings where an address of such is
 * configured, and it is made anew whenever it is damaged or there is newer data.
 *
 * @example
 * ```ts
 * import { withNodeIndex } from "./mod.ts";
 *
 * const ids = await withNodeIndex({}, (index) => index.find("impact pack").map(({ id }) => id));
 * console.assert(ids.length > 0);
 * ```
 *
 * @module
 */
export { nodeErrors } from "../errors.ts";
export type { FindResult, WorkspaceNodeIndex } from "./node_index.ts";
export { openPublishedIndex } from "./open_published.ts";
export { type NodeIndexOptions, openNodeIndex, withNodeIndex } from "./open.ts";
