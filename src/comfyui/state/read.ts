import { join } from "node:path";
import type { Git, GitStatusEntry } from "../../tools/git/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import { readComfyUIKnowledge } from "../knowledge.ts";

/** What became of a working copy of ComfyUI. */
export type CheckoutState =
  | { readonly status: "missing" }
  /** Files, but no git repository of their own. */
  | { readonly status: "no_git" }
  | {
    readonly status: "present";
    /** The commit that HEAD names; absent in a repository without any. */
    readonly commit?: string;
    /** The branch; absent when HEAD is detached. */
    readonly branch?: string;
    /** Files of ComfyUI that differ from the commit, sorted. */
    readonly changed: readonly string[];
    /** New files outside the directories that users fill, sorted. */
    readonly untracked: readonly string[];
  };

/**
 * Reads the state of a working copy.
 *
 * A directory that users fill may be a link to elsewhere, so ComfyUI's own files missing in there are no change.
 *
 * @param directory The working copy.
 */
export async function readCheckoutState(git: Git, directory: string): Promise<CheckoutState> {
  if (!await lookAt(directory)) return { status: "missing" };
  // Without this look, git would answer for a repository that the workspace lies in.
  if (!await lookAt(join(directory, ".git"))) return { status: "no_git" };
  const { userDirectories } = await readComfyUIKnowledge();
  const { commit, branch, entries } = await git.status(directory);
  const isUsers = (path: string) =>
    userDirectories.some((name) => path === name || path.startsWith(`${name}/`));
  const untracked = entries.filter(({ kind, path }) => kind === "untracked" && !isUsers(path));
  const changed = entries.filter((entry) =>
    entry.kind !== "untracked" && entry.kind !== "ignored" &&
    !(isUsers(entry.path) && isDeleted(entry))
  );
  const paths = (list: readonly GitStatusEntry[]) => list.map(({ path }) => path).sort();
  return {
    status: "present",
    commit,
    branch,
    changed: paths(changed),
    untracked: paths(untracked),
  };
}

function isDeleted({ index, worktree }: GitStatusEntry): boolean {
  return index === "." && worktree === "D";
}
