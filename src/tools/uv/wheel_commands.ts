import type { CommandSpec } from "../command.ts";
import { uvCommand, type UvSettings } from "./commands.ts";

/** How a wheel is built. */
export interface UvBuildOptions {
  /** The project whose indexes the packages that building needs come from. */
  readonly project: string;
  /** A source distribution; absolute. */
  readonly source: string;
  /** Where the wheel goes. */
  readonly directory: string;
  /** Version or path of the Python to use. */
  readonly python: string;
}

// The oldest time that a zip file can hold: wheels are the same whenever they are built.
const SOURCE_DATE_EPOCH = "315532800";

/** Builds a wheel from a source distribution, which runs code of it. */
export function uvBuildCommand(
  settings: UvSettings,
  { project, source, directory, python }: UvBuildOptions,
): CommandSpec {
  const spec = uvCommand(settings, [
    "build",
    "--wheel",
    "--no-create-gitignore",
    "--python",
    python,
    "--out-dir",
    directory,
    "--",
    source,
  ], { directory: project });
  return { ...spec, env: { ...spec.env, SOURCE_DATE_EPOCH } };
}

/** Wheels on this machine for a virtual environment. */
export interface UvWheels {
  /** A directory of wheels. */
  readonly directory: string;
  /** A file of requirements, each with its version. */
  readonly requirements: string;
  /** The Python of the virtual environment. */
  readonly python: string;
}

/** Installs just what a file of requirements says, from a directory and from nowhere else. */
export function uvInstallWheelsCommand(
  settings: UvSettings,
  { directory, requirements, python }: UvWheels,
): CommandSpec {
  return uvCommand({ ...settings, offline: true }, [
    "pip",
    "install",
    "--no-config",
    "--no-index",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--find-links",
    directory,
    "--python",
    python,
    "--requirement",
    requirements,
  ]);
}
