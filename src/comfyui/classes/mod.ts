/**
 * The node classes that ComfyUI and packs declare in their sources, found without running them.
 *
 * @example
 * ```ts
 * import { classNamesIn } from "./mod.ts";
 *
 * console.assert(classNamesIn('NODE_CLASS_MAPPINGS = {"My Node": MyNode}')[0] === "My Node");
 * ```
 *
 * @module
 */
export { builtinClasses, packClasses } from "./cached.ts";
export { readBuiltinClasses, readClassNames } from "./read.ts";
export { classNamesIn } from "./scan.ts";
