import { join, resolve } from "node:path";
import { ComfydockError, isKind, writeFileAtomic } from "../../base/mod.ts";
import { type CommandSpec, describeCommand } from "../command.ts";
import { toolErrors } from "../errors.ts";
import type { CommandRunner, RunOptions, RunResult } from "../types.ts";
import * as bundles from "./bundle_commands.ts";
import * as commands from "./commands.ts";
import { toGitError } from "./explain.ts";
import { readHead, readLooseHead, restoreHead } from "./head.ts";
import { parseGitLog, parseGitVersion } from "./log.ts";
import { parseLsRemote } from "./refs.ts";
import * as releases from "./release_commands.ts";
import { createSharing } from "./sharing.ts";
import * as staged from "./staged_commands.ts";
import { parseGitDiffNames, parseGitStatus } from "./status.ts";
import { parseGitTree } from "./tree.ts";
import type { Git } from "./types.ts";

/** Name and address of commits where the user has set none. */
const FALLBACK_IDENTITY = { name: "comfydock", email: "comfydock@localhost" };

const MINIMUM = [2, 25] as const;
const MAX_ANSWER = 256 * 1024 ** 2;
const NETWORK_SILENCE = 180_000;

/**
 * Creates git for one piece of work.
 *
 * @param runner Executes the command lines.
 * @param options `signal` ends a running command, `onLine` hears what git tells meanwhile.
 */
export function createGit(
  runner: CommandRunner,
  options: Pick<RunOptions, "signal" | "onLine"> = {},
): Git {
  const run = async (spec: CommandSpec, more: RunOptions = {}): Promise<RunResult> => {
    try {
      const result = await runner.run(spec, { maxOutput: MAX_ANSWER, ...options, ...more });
      if (result.truncated) throw tooLong(spec);
      return result;
    } catch (error) {
      throw toGitError(error);
    }
  };
  const overNetwork = (spec: CommandSpec) => run(spec, { inactivityMs: NETWORK_SILENCE });
  const objectId = async (directory: string, revision: string) => {
    const spec = commands.gitRevParseCommand(directory, revision);
    const { code, stdout } = await run(spec, { accept: [1] });
    return code === 0 ? stdout.trim() : undefined;
  };
  const identityFor = async (directory: string) => {
    const who = await run(commands.gitIdentityCommand(directory), { accept: [1, 128] });
    return who.code === 0 ? undefined : FALLBACK_IDENTITY;
  };
  return {
    ...createSharing({ run, overNetwork, identityFor }),
    version: async () => requireVersion((await run(commands.gitVersionCommand())).stdout),
    async init(directory) {
      await run(commands.gitInitCommand(directory));
      await run(commands.gitSetHeadCommand(directory, "main"));
    },
    async add(directory, paths) {
      await run(commands.gitAddCommand(directory, paths));
    },
    async commit(directory, message, how = {}) {
      const commit = (identity?: commands.GitIdentity) =>
        run(commands.gitCommitCommand(directory, message, { ...how, identity }));
      // Asking first who the user is would be one process more for each commit.
      await commit().catch((error) => {
        if (!isKind(error, toolErrors.GIT_NO_IDENTITY)) throw error;
        return commit(FALLBACK_IDENTITY);
      });
      return await readLooseHead(directory) ??
        (await run(commands.gitRevParseCommand(directory, "HEAD"))).stdout.trim();
    },
    readHead: (directory) => readHead(run, directory),
    restoreHead: (directory, head) => restoreHead(run, directory, head),
    status: async (directory) =>
      parseGitStatus((await run(commands.gitStatusCommand(directory))).stdout),
    trackedFiles: async (directory) =>
      (await run(commands.gitListFilesCommand(directory))).stdout.split("\0").slice(0, -1),
    ownCommits: async (directory) =>
      Number((await run(commands.gitCountOwnCommand(directory))).stdout.trim()),
    async log(directory, how) {
      if (await objectId(directory, how?.rev ?? "HEAD") === undefined && !how?.rev) return [];
      return parseGitLog((await run(commands.gitLogCommand(directory, how))).stdout);
    },
    headCommit: async (directory) =>
      await readLooseHead(directory) ?? await objectId(directory, "HEAD^{commit}"),
    resolve: (directory, revision) => objectId(directory, `${revision}^{commit}`),
    async readFile(directory, revision, path) {
      const blob = await objectId(directory, `${revision}:${path}`);
      if (blob === undefined) return undefined;
      return (await run(commands.gitBlobCommand(directory, blob))).bytes;
    },
    readBlob: async (directory, blob) =>
      (await run(commands.gitBlobCommand(directory, blob))).bytes,
    differences: async (directory, from, to) =>
      parseGitDiffNames((await run(commands.gitDiffNamesCommand(directory, from, to))).stdout),
    remoteRefs: async (url) =>
      parseLsRemote((await overNetwork(commands.gitLsRemoteCommand(url))).stdout),
    async updateMirror(mirror, url) {
      const exists = await Deno.stat(join(mirror, "HEAD")).then(() => true, () => false);
      if (!exists) await run(commands.gitInitCommand(mirror, { bare: true }));
      await overNetwork(commands.gitFetchMirrorCommand(mirror, url));
    },
    async fetchCommit(mirror, url, commit) {
      await overNetwork(commands.gitFetchCommitCommand(mirror, url, commit));
    },
    async createBundle(directory, file) {
      await overNetwork(bundles.gitBundleCommand(directory, file));
    },
    async fetchBundle(mirror, file, commit) {
      const exists = await Deno.stat(join(mirror, "HEAD")).then(() => true, () => false);
      if (!exists) await run(commands.gitInitCommand(mirror, { bare: true }));
      await overNetwork(bundles.gitFetchBundleCommand(mirror, file, commit));
    },
    listTree: async (directory, commit, how) =>
      parseGitTree((await run(commands.gitListTreeCommand(directory, commit, how))).stdout),
    async place(directory) {
      try {
        return releases.parseGitPlace((await run(releases.gitPlaceCommand(directory))).stdout);
      } catch (error) {
        if (isKind(error, toolErrors.GIT_NO_REPOSITORY)) return undefined;
        throw error;
      }
    },
    async mergedTags(directory) {
      const spec = releases.gitMergedTagsCommand(directory);
      // Before the first commit HEAD names nothing.
      const { code, stdout } = await run(spec, { accept: [128, 129] });
      return code === 0 ? releases.parseMergedTags(stdout) : [];
    },
    ownFiles: async (directory) =>
      (await run(releases.gitOwnFilesCommand(directory))).stdout.split("\0").slice(0, -1),
    async hooksDirectory(directory) {
      const { stdout } = await run(staged.gitHooksCommand(directory));
      return resolve(directory, stdout.trim());
    },
    stagedFiles: async (directory, how = {}) =>
      (await run(staged.gitStagedCommand(directory, how))).stdout.split("\0").slice(0, -1),
    indexedFiles: async (directory, how = {}) =>
      staged.parseGitIndex((await run(staged.gitIndexCommand(directory, how))).stdout),
    unstagedFiles: async (directory, how = {}) =>
      (await run(staged.gitUnstagedCommand(directory, how))).stdout.split("\0").slice(0, -1),
    async exportStaged(directory, target, paths, how = {}) {
      await run(staged.gitExportStagedCommand(directory, target, paths, how));
    },
    async cloneMirror(mirror, directory, { commit, origin, exact }) {
      await run(commands.gitCloneLocalCommand(mirror, directory, { exact }));
      await run(commands.gitSetOriginCommand(directory, origin));
      await run(commands.gitCheckoutCommand(directory, commit, { exact }));
    },
    async checkout(directory, commit, { force, spare } = {}) {
      if (spare) {
        // The form of all files but these (git sparse-checkout); an older list gives way even to an empty one.
        const lines = ["/*", ...spare.map((name) => `!/${name.replace(/[*?[\\!#]/g, "\\$&")}`)];
        await writeFileAtomic(
          join(directory, ".git", "info", "sparse-checkout"),
          `${lines.join("\n")}\n`,
        );
      }
      const sparse = spare !== undefined;
      await run(commands.gitCheckoutCommand(directory, commit, { force, sparse }));
    },
  };
}

function requireVersion(output: string): readonly [number, number] {
  const version = parseGitVersion(output);
  const [major, minor] = version ?? [0, 0];
  if (version && (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]))) {
    return version;
  }
  throw new ComfydockError(
    toolErrors.TOOL_MISSING,
    `Cannot use this git: "${output.trim()}" is older than ${MINIMUM.join(".")}`,
    { hint: "Install a newer git", details: { program: "git", found: output.trim() } },
  );
}

function tooLong(spec: CommandSpec): ComfydockError {
  return new ComfydockError(
    toolErrors.TOOL_OUTPUT_TOO_LARGE,
    `Cannot read what "${describeCommand(spec)}" wrote: it is too long`,
    { details: { limit: MAX_ANSWER } },
  );
}
