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

/** Asks for the entries of the index. */
export function gitIndexCommand(cwd: string, options: StagedOptions): CommandSpec {
  return gitCommand(["ls-files", "--stage", "-z"], cwd, facts(options));
}

/** Asks for the files whose working copy is not, or may not be, as the index has them; those deleted are among them. */
export function gitUnstagedCommand(cwd: string, options: StagedOptions): CommandSpec {
  return gitCommand(["diff-files", "--name-only", "-z"], cwd, facts(options));
}

/** Writes files of the index below a directory. */
export function gitExportStagedCommand(
  cwd: string,
  target: string,
  paths: readonly string[],
  options: StagedOptions,
): CommandSpec {
  const args = ["checkout-index", "-z", "--stdin", `--prefix=${target}/`];
  return gitCommand(args, cwd, {
    ...facts(options),
    stdin: paths.map((path) => `${path}\0`).join(""),
  });
}

const FILE = /^100\d{3} \S+ 0\t/;

/** Reads the paths of the files in the index, without links, submodules, and what is not merged. */
export function parseGitIndex(text: string): readonly string[] {
  return text.split("\0").flatMap((line) =>
    FILE.test(line) ? [line.slice(line.indexOf("\t") + 1)] : []
  );
}

function facts({ indexFile }: StagedOptions): Pick<CommandSpec, "env"> {
  const index = indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile };
  return { env: { GIT_OPTIONAL_LOCKS: "0", ...index } };
}
