/**
 * git and uv: command lines as values, one runner, answers and errors read into values, uv fetched where it is missing.
 *
 * @example
 * ```ts
 * import { command, createRunner } from "./mod.ts";
 *
 * const runner = createRunner({ env: Deno.env.toObject() });
 * const { stdout } = await runner.run(command({ program: "git", args: ["--version"] }));
 * ```
 *
 * @module
 */
export { command, type CommandSpec, describeCommand } from "./command.ts";
export { type BackgroundProcess, startInBackground } from "./background.ts";
export { type Environment, pythonEnvironment } from "./child_environment.ts";
export { type ForegroundEnd, runInForeground } from "./foreground.ts";
export { readProcessMark } from "./process_mark.ts";
export { signalGroup } from "./signal_process.ts";
export { toolErrors } from "./errors.ts";
export { type ProcessEnd, ProcessError } from "./process_error.ts";
export { createRunner, type RunnerSettings } from "./runner.ts";
export type { CommandRunner, OutputLine, RunOptions, RunResult } from "./types.ts";
export { createGit } from "./git/git.ts";
export { explainGitError, type Explanation } from "./git/explain.ts";
export type { GitBranch } from "./git/branch_commands.ts";
export type { GitPushOptions } from "./git/remote_commands.ts";
export type { GitSharing } from "./git/sharing.ts";
export type { GitCommit } from "./git/log.ts";
export {
  type GitRef,
  releaseTags,
  type RemoteRefs,
  type ResolvedRef,
  resolveRef,
} from "./git/refs.ts";
export type { GitDifference, GitStatus, GitStatusEntry } from "./git/status.ts";
export type { GitHead } from "./git/head.ts";
export type { GitPlace } from "./git/release_commands.ts";
export type { StagedOptions } from "./git/staged_commands.ts";
export type { GitTreeEntry } from "./git/tree.ts";
export type { Git } from "./git/types.ts";
export { type GitCommitOptions, type GitIdentity, isObjectId } from "./git/commands.ts";
export {
  type UvLockOptions,
  type UvProject,
  type UvSettings,
  type UvSyncOptions,
  type UvVenvOptions,
} from "./uv/commands.ts";
export { readUvConfigurations } from "./uv/configuration.ts";
export { explainUvError } from "./uv/explain.ts";
export type { UvExplanation } from "./uv/explanation.ts";
export type { ConflictParty, GroupOwner, GroupOwners } from "./uv/explain_resolution.ts";
export type { UvIndexSettings } from "./uv/index_commands.ts";
export { openPackageIndex, type PackageIndex } from "./uv/package_index.ts";
export type { InstalledPackage, InstalledPython, PackageChange, SyncForecast } from "./uv/parse.ts";
export type { UvBuildOptions, UvWheels } from "./uv/wheel_commands.ts";
export type { TrialResolution, Uv } from "./uv/types.ts";
export { createUv, type UvOptions } from "./uv/uv.ts";
export { findUv, type FoundUv, type UvPlaces, type UvSearch } from "./uv/find.ts";
export { readUvPin, type UvPin, type UvWheel } from "./uv/pin.ts";
export { provideUv, type ProvideUvOptions } from "./uv/provide.ts";
export { pythonSearchPath } from "./uv/search_path.ts";
