import { ComfydockError } from "../../base/mod.ts";
import { command, type CommandSpec } from "../command.ts";
import { toolErrors } from "../errors.ts";

// Paths come as they are, and no background clean-up outlives the command.
const BASE = [
  "-c",
  "core.quotePath=false",
  "-c",
  "gc.auto=0",
  "-c",
  "maintenance.auto=false",
  "-c",
  "advice.detachedHead=false",
];

/** The branches and tags that a mirror keeps; pull requests would be many times their size. */
const MIRRORED = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];

/** Name and e-mail address of a commit's author. */
export interface GitIdentity {
  readonly name: string;
  readonly email: string;
}

/** Builds `git …` in a directory. */
export function gitCommand(
  args: readonly string[],
  cwd?: string,
  facts: Pick<CommandSpec, "env" | "stdin"> = {},
): CommandSpec {
  return command({ program: "git", args: [...BASE, ...args], shown: args, cwd, ...facts });
}

/** Reading must not take locks that a command of the user's waits for. */
export const READ_ONLY: Pick<CommandSpec, "env"> = { env: { GIT_OPTIONAL_LOCKS: "0" } };

/** Asks for git's version. */
export function gitVersionCommand(): CommandSpec {
  return command({ program: "git", args: ["--version"] });
}

/** Makes a repository without the user's template, whose hooks are not meant for it. */
export function gitInitCommand(directory: string, options: { bare?: boolean } = {}): CommandSpec {
  const bare = options.bare ? ["--bare"] : [];
  return gitCommand(["init", "--quiet", "--template=", ...bare, "--", directory]);
}

/** Names the branch that the first commit starts; `init --initial-branch` is newer than git 2.25. */
export function gitSetHeadCommand(cwd: string, branch: string): CommandSpec {
  return gitCommand(["symbolic-ref", "HEAD", `refs/heads/${branch}`], cwd);
}

/** Stages paths, or everything. */
export function gitAddCommand(cwd: string, paths: readonly string[] = []): CommandSpec {
  return gitCommand(["add", "--all", "--", ...(paths.length === 0 ? ["."] : paths)], cwd);
}

/** Asks whether the user has set a name and an e-mail address; guessing them does not count. */
export function gitIdentityCommand(cwd: string): CommandSpec {
  return gitCommand(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"], cwd);
}

/** How a commit is made. */
export interface GitCommitOptions {
  /** Takes the place of the user's identity. */
  readonly identity?: GitIdentity;
  /** Signs as the user's configuration says; off by default, because signing may ask. */
  readonly sign?: boolean;
  readonly allowEmpty?: boolean;
  /** Files that the index knows, staged by the commit itself, with all that is staged already. */
  readonly paths?: readonly string[];
}

/** Commits what is staged; hooks do not run, the repository is comfydock's own, and no identity is guessed. */
export function gitCommitCommand(
  cwd: string,
  message: string,
  { identity, sign, allowEmpty, paths = [] }: GitCommitOptions = {},
): CommandSpec {
  const who = identity
    ? ["-c", `user.name=${identity.name}`, "-c", `user.email=${identity.email}`]
    : ["-c", "user.useConfigOnly=true"];
  const signing = sign ? [] : ["-c", "commit.gpgSign=false"];
  const empty = allowEmpty ? ["--allow-empty"] : [];
  const staging = paths.length > 0 ? ["--include", "--", ...paths] : [];
  return gitCommand(
    [...who, ...signing, "commit", "--quiet", "--no-verify", ...empty, "--file=-", ...staging],
    cwd,
    { stdin: message },
  );
}

/** Asks what differs between HEAD, index and working copy. */
export function gitStatusCommand(cwd: string, options: { ignored?: boolean } = {}): CommandSpec {
  const ignored = options.ignored ? ["--ignored"] : [];
  return gitCommand(
    ["status", "--porcelain=v2", "-z", "--branch", "--untracked-files=all", ...ignored],
    cwd,
    READ_ONLY,
  );
}

/** Asks which files the index holds. */
export function gitListFilesCommand(cwd: string): CommandSpec {
  return gitCommand(["ls-files", "-z"], cwd, READ_ONLY);
}

/** Counts the commits of branches, stash and HEAD that no remote and no tag has. */
export function gitCountOwnCommand(cwd: string): CommandSpec {
  const args = ["rev-list", "--count", "--branches", "--glob=refs/stas[h]", "HEAD"];
  return gitCommand([...args, "--not", "--remotes", "--tags"], cwd, READ_ONLY);
}

/** The fields of a commit, each ended by NUL; `parseGitLog` reads them. */
export const LOG_FORMAT = "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%s%x00%b";

/** Asks for commits, newest first. */
export function gitLogCommand(
  cwd: string,
  options: { rev?: string; limit?: number; paths?: readonly string[] } = {},
): CommandSpec {
  const limit = options.limit === undefined ? [] : [`--max-count=${options.limit}`];
  const { rev = "HEAD", paths = [] } = options;
  return gitCommand(
    ["log", "-z", LOG_FORMAT, ...limit, requireRevision(rev), "--", ...paths],
    cwd,
    READ_ONLY,
  );
}

/** Asks for the full object id of a revision, such as `HEAD~1^{commit}` or `HEAD:pyproject.toml`. */
export function gitRevParseCommand(cwd: string, rev: string): CommandSpec {
  return gitCommand(
    ["rev-parse", "--verify", "--quiet", requireRevision(rev)],
    cwd,
    READ_ONLY,
  );
}

/** Asks for the content of a blob, unchanged by filters. */
export function gitBlobCommand(cwd: string, objectId: string): CommandSpec {
  return gitCommand(["cat-file", "blob", requireObjectId(objectId)], cwd, READ_ONLY);
}

/** Asks which files differ between two revisions, or between a revision and the working copy. */
export function gitDiffNamesCommand(cwd: string, from: string, to?: string): CommandSpec {
  const revs = to === undefined ? [from] : [from, to];
  return gitCommand(
    [
      "diff",
      "--name-status",
      "--no-renames",
      "--no-ext-diff",
      "-z",
      ...revs.map(requireRevision),
      "--",
    ],
    cwd,
    READ_ONLY,
  );
}

/** Asks a server for its branches, tags and default branch. */
export function gitLsRemoteCommand(url: string): CommandSpec {
  return gitCommand(["ls-remote", "--symref", "--", url, "HEAD", "refs/heads/*", "refs/tags/*"]);
}

/** Fetches all branches and tags into a bare mirror, those that vanished are removed. */
export function gitFetchMirrorCommand(mirror: string, url: string): CommandSpec {
  return gitCommand(
    ["fetch", "--progress", "--force", "--prune", "--no-tags", "--", url, ...MIRRORED],
    mirror,
  );
}

/** Fetches one commit that no branch or tag of the mirror reaches. */
export function gitFetchCommitCommand(mirror: string, url: string, commit: string): CommandSpec {
  return gitCommand(
    ["fetch", "--progress", "--no-tags", "--", url, requireObjectId(commit)],
    mirror,
  );
}

/** Asks for all files of a commit with their modes, on demand with their sizes. */
export function gitListTreeCommand(
  cwd: string,
  commit: string,
  { sizes }: { readonly sizes?: boolean } = {},
): CommandSpec {
  const long = sizes ? ["--long"] : [];
  return gitCommand(
    ["ls-tree", "-r", ...long, "-z", "--full-tree", requireObjectId(commit)],
    cwd,
    READ_ONLY,
  );
}

// Neither the user's settings nor the system change a byte: no hooks, no other line ends, no large files fetched by LFS.
const EXACT: readonly (readonly [string, string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.autocrlf", "false"],
  ["core.eol", "lf"],
  ["core.fsmonitor", "false"],
  ["filter.lfs.smudge", ""],
  ["filter.lfs.process", ""],
  ["filter.lfs.required", "false"],
];
// What has to stay true for later commands in the working copy.
const KEPT_EXACT = ["core.autocrlf=false", "core.eol=lf"];

function exactly(exact: boolean | undefined): readonly string[] {
  return exact ? EXACT.flatMap(([name, value]) => ["-c", `${name}=${value}`]) : [];
}

/**
 * Makes a working copy of a mirror on this machine; objects become hard links where that is possible.
 *
 * @param options `exact` keeps files byte for byte as they were committed.
 */
export function gitCloneLocalCommand(
  mirror: string,
  directory: string,
  { exact }: { exact?: boolean } = {},
): CommandSpec {
  return gitCommand([
    ...exactly(exact),
    "clone",
    ...(exact ? KEPT_EXACT.flatMap((setting) => ["--config", setting]) : []),
    "--quiet",
    "--local",
    "--no-checkout",
    "--template=",
    "--",
    mirror,
    directory,
  ]);
}

/** Sets the address that a working copy fetches from. */
export function gitSetOriginCommand(cwd: string, url: string): CommandSpec {
  return gitCommand(["remote", "set-url", "--", "origin", url], cwd);
}

/** Puts the files of a commit into the working copy; local changes stay or stop it, unless forced. */
export function gitCheckoutCommand(
  cwd: string,
  commit: string,
  options: { force?: boolean; sparse?: boolean; exact?: boolean } = {},
): CommandSpec {
  const sparse = options.sparse ? ["-c", "core.sparseCheckout=true"] : [];
  const force = options.force ? ["--force"] : [];
  return gitCommand(
    [
      ...exactly(options.exact),
      ...sparse,
      "checkout",
      "--quiet",
      ...force,
      "--detach",
      requireObjectId(commit),
    ],
    cwd,
  );
}

/** Whether a text is a full object id. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * Gives a revision back that cannot be taken for something else.
 *
 * What begins like an option would be obeyed as one, and git 2.25 cannot be told otherwise everywhere.
 *
 * @throws `GIT_REF_NOT_FOUND`
 */
export function requireRevision(text: string): string {
  if (/^[^-\s\0][^\0]*$/.test(text)) return text;
  throw new ComfydockError(
    toolErrors.GIT_REF_NOT_FOUND,
    `Cannot read the revision ${JSON.stringify(text)}: it is not one`,
    { hint: "Name a branch, a tag or a commit" },
  );
}

/** Passes a full object id on, and throws for anything else. */
export function requireObjectId(text: string): string {
  if (isObjectId(text)) return text;
  throw new TypeError(`Expected a full object id, found ${JSON.stringify(text)}`);
}
