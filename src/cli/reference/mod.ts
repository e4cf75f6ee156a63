/**
 * What reference pages are made from: the help of every command and the kinds of every error.
 *
 * @example
 * ```ts
 * import { childrenOf, commands } from "./mod.ts";
 *
 * console.log(childrenOf(commands).map(({ path }) => path.join(" ")));
 * ```
 *
 * @module
 */
export { commands } from "../commands.ts";
export { errorCatalogues } from "../error_codes.ts";
export { renderHelp } from "../help.ts";
export { childrenOf, isGroup } from "../locate.ts";
