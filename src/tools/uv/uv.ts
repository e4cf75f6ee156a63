import { join } from "node:path";
import { ComfydockError, fileError, temporaryBeside } from "../../base/mod.ts";
import type { CommandSpec } from "../command.ts";
import { toolErrors } from "../errors.ts";
import { ProcessError } from "../process_error.ts";
import type { CommandRunner, RunOptions, RunResult } from "../types.ts";
import * as commands from "./commands.ts";
import { type GroupOwners, toUvError } from "./explain.ts";
import { uvCredentialCommand } from "./index_commands.ts";
import {
  parseAuthorization,
  parseForecast,
  parsePackageList,
  parsePythonList,
  parseUvChanges,
  parseUvVersion,
} from "./parse.ts";
import type { Uv } from "./types.ts";
import { removeIfThere } from "./unpack.ts";
import { uvBuildCommand, uvInstallWheelsCommand } from "./wheel_commands.ts";

const MAX_ANSWER = 64 * 1024 ** 2;
// uv says nothing while it fetches gigabytes, and has time-outs of its own for each answer of a server.
const SILENCE = 60 * 60_000;

/** What a uv of one piece of work is made with. */
export interface UvOptions extends commands.UvSettings, Pick<RunOptions, "signal" | "onLine"> {
  /** Whose dependency group is whose, for the explanation of conflicts. */
  readonly owners?: GroupOwners;
}

/**
 * Creates uv for one piece of work.
 *
 * @param runner Executes the command lines.
 * @param options Directories of the workspace, `signal`, `onLine`, owners of dependency groups.
 */
export function createUv(runner: CommandRunner, options: UvOptions): Uv {
  const { signal, onLine, owners } = options;
  const run = async (spec: CommandSpec, more: RunOptions = {}): Promise<RunResult> => {
    const how = { signal, onLine, maxOutput: MAX_ANSWER, inactivityMs: SILENCE, ...more };
    try {
      return await runner.run(spec, how);
    } catch (error) {
      throw toUvError(error, owners);
    }
  };
  const findPython = async (request: string) =>
    (await run(commands.uvPythonFindCommand(options, request))).stdout.trim();
  return {
    async version() {
      const { stdout } = await run(commands.uvVersionCommand(options.program));
      return parseUvVersion(stdout) ?? unreadable("uv --version", stdout);
    },
    pythons: async () => parsePythonList((await run(commands.uvPythonListCommand(options))).stdout),
    findPython,
    async requirePython(request) {
      try {
        return await findPython(request);
      } catch (error) {
        const missing = error instanceof ProcessError &&
          error.code === toolErrors.PYTHON_MISSING.code;
        if (!missing || options.offline) throw error;
      }
      await run(commands.uvPythonInstallCommand(options, request));
      return await findPython(request);
    },
    async createVenv(directory, how) {
      await run(commands.uvVenvCommand(options, directory, how));
    },
    async lock(project, how) {
      await run(commands.uvLockCommand(options, project, how));
    },
    sync: async (project, how) =>
      parseUvChanges((await run(commands.uvSyncCommand(options, project, how))).stderr),
    forecast: async (project, how) =>
      parseForecast(
        (await run(commands.uvSyncCommand(options, project, { ...how, dryRun: true }))).stderr,
      ),
    exportRequirements: async (project, how) =>
      (await run(commands.uvExportCommand(options, project, how))).stdout,
    async buildWheel(how) {
      await run(uvBuildCommand(options, how));
    },
    installWheels: async (wheels) =>
      parseUvChanges((await run(uvInstallWheelsCommand(options, wheels))).stderr),
    async authorizationFor(url) {
      try {
        return parseAuthorization((await run(uvCredentialCommand(options, url))).stdout);
      } catch (error) {
        if (error instanceof ProcessError || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    packages: async (python) =>
      parsePackageList((await run(commands.uvPackagesCommand(options, python))).stdout),
    async pruneCache() {
      await run(commands.uvCachePruneCommand(options));
    },
    async cleanCache(packages) {
      await run(commands.uvCacheCleanCommand(options, packages));
    },
    async tryResolution({ directory: project, manifest, lock, python }, how) {
      const directory = temporaryBeside(project);
      try {
        try {
          await Deno.mkdir(directory);
          await Deno.writeTextFile(join(directory, "pyproject.toml"), manifest);
          if (lock !== undefined) await Deno.writeTextFile(join(directory, "uv.lock"), lock);
        } catch (error) {
          throw fileError("Cannot write", directory, error);
        }
        await run(commands.uvLockCommand(options, { directory, python }, how));
        return await Deno.readTextFile(join(directory, "uv.lock"));
      } finally {
        await removeIfThere(directory);
      }
    },
  };
}

function unreadable(what: string, output: string): never {
  throw new ComfydockError(
    toolErrors.TOOL_FAILED,
    `Cannot read the answer of "${what}": ${JSON.stringify(output.slice(0, 80))}`,
  );
}
