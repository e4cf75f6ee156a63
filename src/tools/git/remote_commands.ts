import type { CommandSpec } from "../command.ts";
import { gitCommand, READ_ONLY } from "./commands.ts";

// What others send is checked object by object, and no address may name a program to run.
const CAREFUL = ["-c", "transfer.fsckObjects=true", "-c", "protocol.ext.allow=never"];

/** Fetches all branches of a remote, as it is set up; those that vanished there are forgotten. */
export function gitFetchCommand(cwd: string, remote: string): CommandSpec {
  const what = `+refs/heads/*:refs/remotes/${remote}/*`;
  return gitCommand([...CAREFUL, "fetch", ...QUIETLY, "--prune", "--", remote, what], cwd);
}

/** Fetches what one branch of a remote needs; nothing but `FETCH_HEAD` names it. */
export function gitFetchOneCommand(cwd: string, remote: string, branch: string): CommandSpec {
  const what = `refs/heads/${branch}`;
  return gitCommand([...CAREFUL, "fetch", ...QUIETLY, "--refmap=", "--", remote, what], cwd);
}

const QUIETLY = ["--progress", "--no-tags", "--no-recurse-submodules"];

/** How a branch is pushed. */
export interface GitPushOptions {
  readonly remote: string;
  readonly branch: string;
  /**
   * Overwrites the branch, but only while it is at this commit there; an empty text stands for no such branch.
   */
  readonly lease?: string;
}

/** Pushes a branch under its own name; hooks do not run, the repository is comfydock's own. */
export function gitPushCommand(
  cwd: string,
  { remote, branch, lease }: GitPushOptions,
): CommandSpec {
  const ref = `refs/heads/${branch}`;
  const force = lease === undefined ? [] : [`--force-with-lease=${ref}:${lease}`];
  return gitCommand(
    [
      ...CAREFUL,
      "push",
      "--progress",
      "--no-verify",
      "--recurse-submodules=no",
      ...force,
      "--",
      remote,
      `${ref}:${ref}`,
    ],
    cwd,
  );
}

/** Asks for all settings of a file. */
export function gitConfigListCommand(file: string): CommandSpec {
  return gitCommand(["config", "--file", file, "--null", "--list"], undefined, READ_ONLY);
}

/** Changes a setting in a file, or takes it out. */
export function gitConfigSetCommand(file: string, key: string, value?: string): CommandSpec {
  const change = value === undefined ? ["--unset-all", key] : ["--replace-all", key, value];
  return gitCommand(["config", "--file", file, ...change]);
}

/** Takes a section out of a file of settings. */
export function gitConfigRemoveSectionCommand(file: string, section: string): CommandSpec {
  return gitCommand(["config", "--file", file, "--remove-section", section]);
}

/** Reads `git config --null --list`: pairs of key and value. */
export function parseGitConfig(output: string): readonly (readonly [string, string])[] {
  return output.split("\0").filter((record) => record !== "").map((record) => {
    const [key = "", ...value] = record.split("\n");
    return [key, value.join("\n")];
  });
}
