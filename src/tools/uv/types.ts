import type { UvLockOptions, UvProject, UvSyncOptions, UvVenvOptions } from "./commands.ts";
import type { UvBuildOptions, UvWheels } from "./wheel_commands.ts";
import type { InstalledPackage, InstalledPython, PackageChange, SyncForecast } from "./parse.ts";

/** What a trial resolution starts from. */
export interface TrialResolution {
  /** The project it is for; the scratch directory is made beside it, so that relative paths mean the same. */
  readonly directory: string;
  /** Text of a `pyproject.toml`. */
  readonly manifest: string;
  /** Text of the present `uv.lock`; its versions are kept where they still fit. */
  readonly lock?: string;
  /** Version or path of the Python to use. */
  readonly python?: string;
}

/** uv, its answers read into values and its errors told in our words. */
export interface Uv {
  /** Such as `0.13.8`. */
  version(): Promise<string>;
  /** The Pythons on this machine, those that uv prefers first. */
  pythons(): Promise<readonly InstalledPython[]>;
  /** The path of an installed Python that fits a request such as `3.12`; throws `PYTHON_MISSING`. */
  findPython(request: string): Promise<string>;
  /** Like `findPython`, but fetches one that is missing. */
  requirePython(request: string): Promise<string>;
  /** Makes a virtual environment, in the place of an older one. */
  createVenv(directory: string, options: UvVenvOptions): Promise<void>;
  /** Resolves the manifest into `uv.lock`; with `check` throws `LOCK_OUTDATED` instead of writing. */
  lock(project: UvProject, options?: UvLockOptions): Promise<void>;
  /** Brings the virtual environment to what the lock says, and returns what changed. */
  sync(project: UvProject, options?: UvSyncOptions): Promise<readonly PackageChange[]>;
  /** What a sync would do; nothing is changed. */
  forecast(project: UvProject, options?: Omit<UvSyncOptions, "dryRun">): Promise<SyncForecast>;
  /** The lock as the text of a requirements file. */
  exportRequirements(
    project: UvProject,
    options?: { groups?: readonly string[] | "all"; hashes?: boolean },
  ): Promise<string>;
  /** Builds a wheel from a source distribution, which runs code of it. */
  buildWheel(options: UvBuildOptions): Promise<void>;
  /** Installs what a file of requirements says from a directory of wheels, without any network. */
  installWheels(wheels: UvWheels): Promise<readonly PackageChange[]>;
  /** The `Authorization` that uv itself keeps for an address; nothing where it keeps none, or is too old to tell. */
  authorizationFor(url: string): Promise<string | undefined>;
  /** What is installed for a Python or in a virtual environment. */
  packages(python: string): Promise<readonly InstalledPackage[]>;
  /** Removes from the cache what nothing can use any more. */
  pruneCache(): Promise<void>;
  /** Empties the cache, or removes the named packages from it. */
  cleanCache(packages?: readonly string[]): Promise<void>;
  /**
   * Resolves a manifest in a scratch directory, so that the project is not touched, and returns the text of the lock.
   */
  tryResolution(trial: TrialResolution, options?: UvLockOptions): Promise<string>;
}
