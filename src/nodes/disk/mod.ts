/**
 * What lies in `custom_nodes`, looked at without starting a program: packs, their facts, the digest of their files.
 *
 * @example
 * ```ts
 * import { readNodeDirectories } from "./mod.ts";
 *
 * const enabled = (await readNodeDirectories("ComfyUI/custom_nodes")).filter((pack) => pack.enabled);
 * ```
 *
 * @module
 */
export { hashTree } from "../store/hash_tree.ts";
export { listTree } from "../store/tree_entries.ts";
export { directoryNameOf } from "./directory_name.ts";
export {
  findClash,
  foldDirectory,
  plainDirectory,
  type ReadDirectoriesOptions,
  readNodeDirectories,
} from "./directories.ts";
export { type GitFacts, readGitFacts } from "./git_facts.ts";
