/**
 * The node index of a workspace: which mappings it is made from, and what it is opened with.
 *
 * @example
 * ```ts
 * import { nodeIndexOptions } from "./mod.ts";
 * import type { Session } from "../mod.ts";
 * import { withNodeIndex } from "../../nodes/index/mod.ts";
 *
 * async function countPacks(session: Session): Promise<number> {
 *   return await withNodeIndex(await nodeIndexOptions(session, undefined), (index) => index.packages);
 * }
 * ```
 *
 * @module
 */
export { nodeIndexOptions } from "./options.ts";
