import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { command, type CommandSpec } from "../command.ts";
import { toolErrors } from "../errors.ts";
import { lastLines, ProcessError } from "../process_error.ts";
import type { CommandRunner } from "../types.ts";
import type { UvPin } from "./pin.ts";
import { installUvFrom, sha256Of } from "./unpack.ts";

/** The Pythons that may be at hand, as command lines. */
const PYTHONS: readonly (readonly [program: string, ...args: string[]])[] =
  Deno.build.os === "windows" ? [["py", "-3"], ["python"], ["python3"]] : [["python3"], ["python"]];

const SILENCE = 300_000;

/** Downloads the wheel of uv that fits this machine, from the index that pip is set to. */
export function pipDownloadCommand(
  python: readonly [program: string, ...args: string[]],
  version: string,
  directory: string,
): CommandSpec {
  const [program, ...args] = python;
  return command({
    program,
    args: [
      ...args,
      "-m",
      "pip",
      "download",
      "--no-input",
      "--disable-pip-version-check",
      "--no-deps",
      "--only-binary",
      ":all:",
      "--dest",
      directory,
      `uv==${version}`,
    ],
  });
}

/**
 * Fetches the pinned uv as a wheel through the pip of any Python at hand.
 *
 * @param target Where the executable belongs.
 * @returns Why it did not work, one sentence for each attempt; none when it did.
 */
export async function fetchUvWheel(
  runner: CommandRunner,
  pin: UvPin,
  target: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const python of PYTHONS) {
    const directory = await Deno.makeTempDir({ prefix: "comfydock-uv-" });
    try {
      const spec = pipDownloadCommand(python, pin.version, directory);
      await runner.run(spec, { signal, inactivityMs: SILENCE });
      await installUvFrom(await checkedWheel(directory, pin), target, signal);
      return [];
    } catch (error) {
      reasons.push(reasonOf(python.join(" "), error));
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  }
  return reasons;
}

async function checkedWheel(directory: string, { version, wheels }: UvPin): Promise<string> {
  const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
  const name = names.find((candidate) => candidate.endsWith(".whl"));
  if (name === undefined) throw failed(`pip brought no wheel of uv ${version}`);
  const path = join(directory, name);
  const digest = await sha256Of(await Deno.readFile(path));
  if (wheels.some(({ sha256 }) => sha256 === digest)) return path;
  throw failed(`"${name}" is not the file that comfydock knows: its SHA-256 is ${digest}`);
}

function failed(message: string): ComfydockError {
  return new ComfydockError(toolErrors.TOOL_FAILED, message);
}

function reasonOf(python: string, error: unknown): string {
  if (!(error instanceof ComfydockError) || error.code === "INTERRUPTED") throw error;
  const [last] = error instanceof ProcessError ? lastLines(error.end.stderr, 1) : [];
  return `${python}: ${last ?? error.message}`;
}
