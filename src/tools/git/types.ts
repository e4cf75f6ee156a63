import type { GitCommitOptions } from "./commands.ts";
import type { GitHead } from "./head.ts";
import type { GitCommit } from "./log.ts";
import type { GitRef, RemoteRefs } from "./refs.ts";
import type { GitPlace } from "./release_commands.ts";
import type { GitSharing } from "./sharing.ts";
import type { StagedOptions } from "./staged_commands.ts";
import type { GitDifference, GitStatus } from "./status.ts";
import type { GitTreeEntry } from "./tree.ts";

/** git, its answers read into values and its errors told in our words. */
export interface Git extends GitSharing {
  /** The version, such as `[2, 39]`; throws `TOOL_MISSING` when git is absent or older than 2.25. */
  version(): Promise<readonly [number, number]>;
  /** Makes a repository whose first branch is `main`. */
  init(directory: string): Promise<void>;
  /** Stages paths with what was deleted there; without paths, everything. */
  add(directory: string, paths?: readonly string[]): Promise<void>;
  /**
   * Commits what is staged and returns the commit.
   *
   * Where the user has no identity, the commit alone gets comfydock's.
   */
  commit(
    directory: string,
    message: string,
    options?: Omit<GitCommitOptions, "identity">,
  ): Promise<string>;
  /** Where HEAD and the index stand, so that `restoreHead` can return there. */
  readHead(directory: string): Promise<GitHead>;
  /** Returns HEAD, its branch and the index to an earlier state, or moves them to another; files stay as they are. */
  restoreHead(directory: string, head: GitHead): Promise<void>;
  /** What differs between HEAD, index and working copy. */
  status(directory: string): Promise<GitStatus>;
  /** The files that the index holds; paths with forward slashes. */
  trackedFiles(directory: string): Promise<readonly string[]>;
  /** How many commits of branches, stash and HEAD neither a remote nor a tag has. */
  ownCommits(directory: string): Promise<number>;
  /** Commits, newest first; none in an empty repository. */
  log(
    directory: string,
    options?: { rev?: string; limit?: number; paths?: readonly string[] },
  ): Promise<readonly GitCommit[]>;
  /** The commit of HEAD, or `undefined` before the first; read without a process where git keeps it in a file. */
  headCommit(directory: string): Promise<string | undefined>;
  /** The commit that a revision names, or `undefined`. */
  resolve(directory: string, revision: string): Promise<string | undefined>;
  /** A file as it was in a revision, or `undefined` when it did not exist there. */
  readFile(
    directory: string,
    revision: string,
    path: string,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The content of a blob by its full id, as a tree names it. */
  readBlob(directory: string, objectId: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The files that differ between two revisions, or between one and the working copy. */
  differences(directory: string, from: string, to?: string): Promise<readonly GitDifference[]>;
  /** The branches and tags of a repository anywhere. */
  remoteRefs(url: string): Promise<RemoteRefs>;
  /** Brings a bare mirror up to date, making it when it is missing. */
  updateMirror(mirror: string, url: string): Promise<void>;
  /** Fetches one commit into a mirror; servers may refuse what no branch or tag reaches. */
  fetchCommit(mirror: string, url: string, commit: string): Promise<void>;
  /** Packs HEAD of a repository with its history into one file, which `fetchBundle` reads elsewhere. */
  createBundle(directory: string, file: string): Promise<void>;
  /** Takes over the history of a commit from such a file into a mirror, making the mirror when it is missing. */
  fetchBundle(mirror: string, file: string, commit: string): Promise<void>;
  /** All files, links and submodules of a commit; with `sizes` each file has its size. */
  listTree(
    directory: string,
    commit: string,
    options?: { readonly sizes?: boolean },
  ): Promise<readonly GitTreeEntry[]>;
  /** Where a directory stands in its repository; nothing where it is in none. */
  place(directory: string): Promise<GitPlace | undefined>;
  /** The tags that HEAD has in its history; none before the first commit. */
  mergedTags(directory: string): Promise<readonly GitRef[]>;
  /** The files that git knows and those that are new to it, without what is ignored; those deleted are among them. */
  ownFiles(directory: string): Promise<readonly string[]>;
  /** Absolute path of the directory of hooks, which `core.hooksPath` may have moved. */
  hooksDirectory(directory: string): Promise<string>;
  /** The files that the next commit changes, below the top directory. */
  stagedFiles(directory: string, options?: StagedOptions): Promise<readonly string[]>;
  /** All files that the next commit will have, below the top directory. */
  indexedFiles(directory: string, options?: StagedOptions): Promise<readonly string[]>;
  /** The files that the next commit will have and whose working copy is, or may be, another one. */
  unstagedFiles(directory: string, options?: StagedOptions): Promise<readonly string[]>;
  /** Writes files as the next commit will have them below another directory. */
  exportStaged(
    directory: string,
    target: string,
    paths: readonly string[],
    options?: StagedOptions,
  ): Promise<void>;
  /**
   * Makes a working copy of a mirror at a commit, without network; `origin` is where it fetches from later.
   *
   * @param options With `exact`, files are byte for byte those of the commit, on every system: no hook runs, line ends
   * stay, LFS is not asked.
   */
  cloneMirror(
    mirror: string,
    directory: string,
    options: { commit: string; origin: string; exact?: boolean },
  ): Promise<void>;
  /**
   * Puts the files of a commit into a working copy, HEAD detached.
   *
   * @param options With `spare`, what lies at these names in the top directory stays as it is, even with `force`.
   */
  checkout(
    directory: string,
    commit: string,
    options?: { force?: boolean; spare?: readonly string[] },
  ): Promise<void>;
}
