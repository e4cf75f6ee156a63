import type { CommandSpec } from "../command.ts";
import type { RunOptions, RunResult } from "../types.ts";
import {
  type GitBranch,
  gitBranchesCommand,
  gitCheckBranchNameCommand,
  gitCommitTreeCommand,
  gitMergeBaseCommand,
  gitSetRefCommand,
  parseGitBranches,
} from "./branch_commands.ts";
import { gitCommand, type GitIdentity, gitRevParseCommand } from "./commands.ts";
import {
  gitConfigListCommand,
  gitConfigRemoveSectionCommand,
  gitConfigSetCommand,
  gitFetchCommand,
  gitFetchOneCommand,
  gitPushCommand,
  type GitPushOptions,
  parseGitConfig,
} from "./remote_commands.ts";

/** Branches, merges and remotes of a repository. */
export interface GitSharing {
  /** All branches, own ones and those last seen of remotes. */
  branches(directory: string): Promise<readonly GitBranch[]>;
  /** Whether git allows a branch of this name. */
  isBranchName(name: string): Promise<boolean>;
  /** Sets a reference, such as `refs/heads/main`, to a commit, or deletes it; no file changes. */
  setRef(directory: string, ref: string, commit?: string): Promise<void>;
  /** The best common ancestor of two commits; nothing where they have none. */
  mergeBase(directory: string, one: string, other: string): Promise<string | undefined>;
  /** Commits what is staged with HEAD and another commit as its parents, and returns the commit. */
  commitMerge(directory: string, message: string, other: string): Promise<string>;
  /** The settings of a repository's own file, as pairs of key and value. */
  readConfig(file: string): Promise<readonly (readonly [string, string])[]>;
  /** Changes a setting in a file, or takes it out. */
  setConfig(file: string, key: string, value?: string): Promise<void>;
  /** Takes a section, such as `remote.origin`, out of a file of settings. */
  removeConfigSection(file: string, section: string): Promise<void>;
  /** Fetches all branches of a remote; those that vanished there are forgotten. */
  fetch(directory: string, remote: string): Promise<void>;
  /** Fetches one branch of a remote without noting it anywhere, and returns its commit. */
  fetchOne(directory: string, remote: string, branch: string): Promise<string>;
  /** Pushes a branch under its own name. */
  push(directory: string, options: GitPushOptions): Promise<void>;
}

/** Runs one git command, its errors told in our words. */
type RunGit = (spec: CommandSpec, options?: RunOptions) => Promise<RunResult>;

/** What {@linkcode createSharing} stands on. */
export interface SharingParts {
  readonly run: RunGit;
  /** The same, for commands that wait for a server. */
  readonly overNetwork: RunGit;
  /** Takes the place of the user's identity where there is none. */
  identityFor(directory: string): Promise<GitIdentity | undefined>;
}

/** Creates what git can do with branches and remotes. */
export function createSharing({ run, overNetwork, identityFor }: SharingParts): GitSharing {
  const lineOf = async (spec: CommandSpec) => (await run(spec)).stdout.trim();
  const quietly = async (spec: CommandSpec) => void await run(spec);
  return {
    branches: async (directory) =>
      parseGitBranches((await run(gitBranchesCommand(directory))).stdout),
    async isBranchName(name) {
      // What begins like an option would be obeyed as one elsewhere.
      if (/^-|^HEAD$|\p{Cc}/u.test(name)) return false;
      return (await run(gitCheckBranchNameCommand(name), { accept: [1] })).code === 0;
    },
    setRef: (directory, ref, commit) => quietly(gitSetRefCommand(directory, ref, commit)),
    async mergeBase(directory, one, other) {
      const { code, stdout } = await run(gitMergeBaseCommand(directory, one, other), {
        accept: [1],
      });
      return code === 0 ? stdout.trim().split("\n")[0] : undefined;
    },
    async commitMerge(directory, message, other) {
      const identity = await identityFor(directory);
      const head = await lineOf(gitRevParseCommand(directory, "HEAD"));
      const tree = await lineOf(gitCommand(["write-tree"], directory));
      const parents = [head, other];
      const commit = await lineOf(
        gitCommitTreeCommand(directory, tree, { message, parents, identity }),
      );
      await run(gitCommand(["update-ref", "HEAD", commit, head], directory));
      return commit;
    },
    readConfig: async (file) => parseGitConfig((await run(gitConfigListCommand(file))).stdout),
    setConfig: (file, key, value) => quietly(gitConfigSetCommand(file, key, value)),
    removeConfigSection: (file, section) => quietly(gitConfigRemoveSectionCommand(file, section)),
    async fetch(directory, remote) {
      await overNetwork(gitFetchCommand(directory, remote));
    },
    async fetchOne(directory, remote, branch) {
      await overNetwork(gitFetchOneCommand(directory, remote, branch));
      return await lineOf(gitRevParseCommand(directory, "FETCH_HEAD^{commit}"));
    },
    async push(directory, options) {
      await overNetwork(gitPushCommand(directory, options));
    },
  };
}
