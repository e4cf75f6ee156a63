import { join } from "node:path";
import { isKind } from "../../base/mod.ts";
import type { Environment } from "../child_environment.ts";
import { toolErrors } from "../errors.ts";
import { findOnPath } from "../find_program.ts";
import type { CommandRunner } from "../types.ts";
import { uvVersionCommand } from "./commands.ts";
import { isAtLeast, parseUvVersion } from "./parse.ts";
import type { UvPin } from "./pin.ts";

/** A uv that can be used. */
export interface FoundUv {
  readonly program: string;
  readonly version: string;
  /** Whether the user installed it or comfydock fetched it. */
  readonly origin: "path" | "provided";
}

/** Where a uv is looked for. */
export interface UvPlaces {
  readonly env: Environment;
  /** Where fetched versions are kept, each in a directory of its own, such as the workspace's `uv/bin`. */
  readonly directory: string;
  readonly pin: UvPin;
  readonly signal?: AbortSignal;
}

/** What looking for uv came to; `tooOld` names those on PATH that cannot be used. */
export interface UvSearch {
  readonly found?: FoundUv;
  readonly tooOld: readonly { readonly program: string; readonly version: string }[];
}

/** The name of the executable on this system. */
export const UV_EXECUTABLE: string = Deno.build.os === "windows" ? "uv.exe" : "uv";

/** The path that the pinned uv has once it was fetched. */
export function providedUvPath(directory: string, version: string): string {
  return join(directory, version, UV_EXECUTABLE);
}

/** Looks for a uv on PATH that is new enough, then for the one that was fetched before; needs no network. */
export async function findUv(runner: CommandRunner, places: UvPlaces): Promise<UvSearch> {
  const { env, directory, pin, signal } = places;
  const tooOld: { program: string; version: string }[] = [];
  for (const program of await findOnPath("uv", env)) {
    const version = await versionOf(runner, program, signal);
    if (version === undefined) continue;
    if (isAtLeast(version, pin.minimum)) {
      return { found: { program, version, origin: "path" }, tooOld };
    }
    tooOld.push({ program, version });
  }
  const program = providedUvPath(directory, pin.version);
  const version = await versionOf(runner, program, signal);
  return { found: version ? { program, version, origin: "provided" } : undefined, tooOld };
}

// A wrapper that leads nowhere, as version managers leave them, is as good as none.
async function versionOf(
  runner: CommandRunner,
  program: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { stdout } = await runner.run(uvVersionCommand(program), { signal, timeoutMs: 20_000 });
    return parseUvVersion(stdout);
  } catch (error) {
    const { TOOL_FAILED, TOOL_MISSING, TOOL_TIMEOUT } = toolErrors;
    if ([TOOL_FAILED, TOOL_MISSING, TOOL_TIMEOUT].some((kind) => isKind(error, kind))) {
      return undefined;
    }
    throw error;
  }
}
