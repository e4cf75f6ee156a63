import type { CommandSpec } from "../command.ts";
import { gitCommand } from "./commands.ts";

/** Where the index is that a commit is made of; during `git commit FILE` it is not the usual one. */
export interface StagedOptions {
  /** Value of `GIT_INDEX_FILE`, as git sets it for hooks. */
  readonly indexFile?: string;
}

/** Asks where the hooks of a repository lie. */
export function gitHooksCommand(cwd: string): CommandSpec {
  return gitCommand(["rev-parse", "--git-path", "hooks"], cwd);
}

/** Asks for the files that differ between HEAD and the index; those that are staged as gone are among them. */
export function gitStagedCommand(cwd: string, options: StagedOptions): CommandSpec {
  return gitCommand(["diff", "--cached", "--name-only", "--no-renames", "-z"], cwd, facts(options));
}

/** Writes all files of the index below a directory. */
export function gitExportStagedCommand(
  cwd: string,
  target: string,
  options: StagedOptions,
): CommandSpec {
  return gitCommand(["checkout-index", "--all", `--prefix=${target}/`], cwd, facts(options));
}

function facts({ indexFile }: StagedOptions): Pick<CommandSpec, "env"> {
  const index = indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile };
  return { env: { GIT_OPTIONAL_LOCKS: "0", ...index } };
}
