import { command, type CommandSpec } from "../command.ts";

/** What every uv call of a workspace has in common. */
export interface UvSettings {
  /** The executable. */
  readonly program: string;
  /** Where packages are cached. */
  readonly cacheDirectory: string;
  /** Where Pythons that uv fetches are put. */
  readonly pythonDirectory: string;
  /** `PATH` as uv shall see it, from `pythonSearchPath`; default that of the runner. */
  readonly searchPath?: string;
  /** Keeps uv off the network. */
  readonly offline?: boolean;
}

/** A project and the environment that belongs to it. */
export interface UvProject {
  /** Holds `pyproject.toml` and `uv.lock`. */
  readonly directory: string;
  /** The virtual environment; default `.venv` beside the manifest. */
  readonly environment?: string;
  /** Version or path of the Python to use. */
  readonly python?: string;
}

/** Builds `uv …` with the directories of the workspace. */
export function uvCommand(
  settings: UvSettings,
  args: readonly string[],
  project?: Partial<UvProject>,
): CommandSpec {
  // Not as working directory: a version manager's wrapper of uv would obey the project's `.python-version`.
  const directory = project?.directory === undefined ? [] : ["--directory", project.directory];
  return command({
    program: settings.program,
    args: [...directory, ...(settings.offline ? ["--offline"] : []), ...args],
    shown: args,
    env: {
      UV_CACHE_DIR: settings.cacheDirectory,
      UV_PYTHON_INSTALL_DIR: settings.pythonDirectory,
      // A Python for one workspace is no business of the user's PATH or registry.
      UV_PYTHON_INSTALL_BIN: "0",
      UV_PYTHON_INSTALL_REGISTRY: "0",
      UV_PROJECT_ENVIRONMENT: project?.environment,
      ...(settings.searchPath === undefined ? {} : { PATH: settings.searchPath }),
    },
  });
}

/** Asks for uv's version. */
export function uvVersionCommand(program: string): CommandSpec {
  return command({ program, args: ["--version"] });
}

/** Asks for the Pythons on this machine, as JSON. */
export function uvPythonListCommand(settings: UvSettings): CommandSpec {
  return uvCommand(settings, ["python", "list", "--only-installed", "--output-format", "json"]);
}

/** Asks for the path of an installed Python that fits, outside any virtual environment. */
export function uvPythonFindCommand(settings: UvSettings, request: string): CommandSpec {
  return uvCommand(settings, ["python", "find", "--no-project", "--system", "--", request]);
}

/** Fetches a Python. */
export function uvPythonInstallCommand(settings: UvSettings, version: string): CommandSpec {
  return uvCommand(settings, ["python", "install", "--", version]);
}

/** How a virtual environment is made. */
export interface UvVenvOptions {
  /** Version or path of the Python to use. */
  readonly python: string;
  readonly prompt?: string;
  /** Whether its scripts find their Python beside them, so that the directory can be moved. */
  readonly relocatable?: boolean;
}

/** Makes a virtual environment, in the place of an older one. */
export function uvVenvCommand(
  settings: UvSettings,
  directory: string,
  options: UvVenvOptions,
): CommandSpec {
  const prompt = options.prompt === undefined ? [] : ["--prompt", options.prompt];
  return uvCommand(settings, [
    "venv",
    "--no-project",
    "--clear",
    ...(options.relocatable ? ["--relocatable"] : []),
    "--python",
    options.python,
    ...prompt,
    "--",
    directory,
  ]);
}

/** How a lock file is made. */
export interface UvLockOptions {
  /** Changes nothing and fails when the lock does not fit the manifest. */
  readonly check?: boolean;
  /** Every package, or those named, may take a newer version. */
  readonly upgrade?: true | readonly string[];
}

/** Resolves the manifest into `uv.lock`. */
export function uvLockCommand(
  settings: UvSettings,
  project: UvProject,
  { check, upgrade }: UvLockOptions = {},
): CommandSpec {
  const upgrades = upgrade === true
    ? ["--upgrade"]
    : (upgrade ?? []).flatMap((name) => ["--upgrade-package", name]);
  return uvCommand(
    settings,
    ["lock", ...(check ? ["--check"] : []), ...upgrades, ...pythonOf(project)],
    project,
  );
}

/** How an environment is brought to what the lock says. */
export interface UvSyncOptions {
  /** `locked` fails when the lock is outdated, `frozen` does not look; by default it is renewed. */
  readonly lock?: "locked" | "frozen";
  /** Dependency groups; default all. */
  readonly groups?: readonly string[] | "all";
  /** Keeps packages that the lock does not name. */
  readonly inexact?: boolean;
  /** Changes nothing, tells what would change. */
  readonly dryRun?: boolean;
  /** Changes nothing and fails when the environment differs. */
  readonly check?: boolean;
  /** Installs these anew even when they look right. */
  readonly reinstall?: readonly string[];
  /** Another platform than this one, as uv names it; only for a dry run. */
  readonly platform?: string;
}

/** Brings the virtual environment to what the lock says. */
export function uvSyncCommand(
  settings: UvSettings,
  project: UvProject,
  { lock, groups = "all", inexact, dryRun, check, reinstall = [], platform }: UvSyncOptions = {},
): CommandSpec {
  return uvCommand(
    settings,
    [
      "sync",
      ...(lock ? [`--${lock}`] : []),
      ...groupsOf(groups),
      ...(inexact ? ["--inexact"] : []),
      ...(dryRun ? ["--dry-run"] : []),
      ...(check ? ["--check"] : []),
      ...reinstall.flatMap((name) => ["--reinstall-package", name]),
      ...(platform === undefined ? [] : ["--python-platform", platform]),
      ...pythonOf(project),
    ],
    project,
  );
}

/** Writes the lock as a list of requirements. */
export function uvExportCommand(
  settings: UvSettings,
  project: UvProject,
  options: { groups?: readonly string[] | "all"; hashes?: boolean } = {},
): CommandSpec {
  return uvCommand(
    settings,
    [
      "export",
      "--frozen",
      "--no-header",
      "--no-emit-project",
      ...(options.hashes === false ? ["--no-hashes"] : []),
      ...groupsOf(options.groups ?? "all"),
      ...pythonOf(project),
    ],
    project,
  );
}

/** Asks what is installed in an environment, as JSON. */
export function uvPackagesCommand(settings: UvSettings, python: string): CommandSpec {
  return uvCommand(settings, ["pip", "list", "--format", "json", "--python", python]);
}

/** Removes from the cache what nothing can use any more. */
export function uvCachePruneCommand(settings: UvSettings): CommandSpec {
  return uvCommand(settings, ["cache", "prune"]);
}

/** Empties the cache, or removes the named packages from it. */
export function uvCacheCleanCommand(
  settings: UvSettings,
  packages: readonly string[] = [],
): CommandSpec {
  return uvCommand(settings, ["cache", "clean", "--", ...packages]);
}

function groupsOf(groups: readonly string[] | "all"): readonly string[] {
  if (groups === "all") return ["--all-groups"];
  return ["--no-default-groups", ...groups.flatMap((name) => ["--group", name])];
}

function pythonOf({ python }: UvProject): readonly string[] {
  return python === undefined ? [] : ["--python", python];
}
