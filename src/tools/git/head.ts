import { join } from "node:path";
import type { CommandSpec } from "../command.ts";
import type { RunOptions, RunResult } from "../types.ts";
import { gitCommand, isObjectId } from "./commands.ts";
import type { GitStatus } from "./status.ts";

/** Where HEAD and the index of a repository stand. */
export interface GitHead {
  /** The branch that HEAD names, such as `refs/heads/main`; absent when HEAD is detached. */
  readonly ref?: string;
  /** The commit; absent before the first. */
  readonly commit?: string;
  /** The index as a tree; absent when it holds unresolved conflicts. */
  readonly tree?: string;
}

/** Runs one git command, its errors told in our words. */
type RunGit = (spec: CommandSpec, options?: RunOptions) => Promise<RunResult>;

/** Reads where HEAD and the index stand; the index becomes a tree among the objects. */
export async function readHead(run: RunGit, directory: string): Promise<GitHead> {
  const ask = async (args: readonly string[]) => {
    const { code, stdout } = await run(gitCommand(args, directory), { accept: [1, 128] });
    return code === 0 ? stdout.trim() : undefined;
  };
  const [ref, commit, tree] = await Promise.all([
    ask(["symbolic-ref", "--quiet", "HEAD"]),
    ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]),
    ask(["write-tree"]),
  ]);
  return { ref, commit, tree };
}

/**
 * Tells where HEAD and the index stand by what git said of the working copy.
 *
 * @returns Nothing where something is staged: only git can tell the tree of such an index.
 */
export function headByStatus({ commit, branch, entries }: GitStatus): GitHead | undefined {
  if (
    entries.some(({ kind, index }) => /^(changed|renamed|unmerged)$/.test(kind) && index !== ".")
  ) {
    return undefined;
  }
  return { ref: branch === undefined ? undefined : `refs/heads/${branch}`, commit };
}

/**
 * Reads the commit of HEAD from the files in which git writes it first, which saves a process.
 *
 * @returns Nothing where it stands elsewhere, such as among packed references.
 */
export async function readLooseHead(directory: string): Promise<string | undefined> {
  const read = (name: string) =>
    Deno.readTextFile(join(directory, ".git", ...name.split("/"))).then(
      (text) => text.trim(),
      () => "",
    );
  const head = await read("HEAD");
  const [, ref] = /^ref: (refs\/heads\/[^\s.][^\s]*)$/.exec(head) ?? [];
  const commit = ref === undefined ? head : await read(ref);
  return isObjectId(commit) ? commit : undefined;
}

/** Returns HEAD, its branch and the index to where they stood; no file of the working copy is touched. */
export async function restoreHead(run: RunGit, directory: string, head: GitHead): Promise<void> {
  const { ref, commit, tree } = head;
  const git = (...args: string[]) => run(gitCommand(args, directory));
  if (ref !== undefined) {
    await git("symbolic-ref", "HEAD", ref);
    if (commit !== undefined) await git("update-ref", ref, commit);
    else await git("update-ref", "-d", ref);
  } else if (commit !== undefined) {
    await git("update-ref", "--no-deref", "HEAD", commit);
  }
  const content = tree ?? commit;
  await git("read-tree", ...(content === undefined ? ["--empty"] : [content]));
}
