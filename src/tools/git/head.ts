import type { CommandSpec } from "../command.ts";
import type { RunOptions, RunResult } from "../types.ts";
import { gitCommand } from "./commands.ts";

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
