/**
 * git alone: its command lines run, its answers read.
 *
 * @example
 * ```ts
 * import { headByStatus } from "./mod.ts";
 *
 * const head = headByStatus({ commit: "c".repeat(40), branch: "main", entries: [] });
 * console.assert(head?.ref === "refs/heads/main");
 * ```
 *
 * @module
 */
export { createGit } from "./git.ts";
export { type GitHead, headByStatus } from "./head.ts";
export type { StagedOptions } from "./staged_commands.ts";
export type { GitStatus, GitStatusEntry } from "./status.ts";
export type { GitTreeEntry } from "./tree.ts";
export type { Git } from "./types.ts";
