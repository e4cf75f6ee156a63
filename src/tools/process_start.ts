import { ComfydockError } from "../base/mod.ts";
import { childEnvironment, type Environment } from "./child_environment.ts";
import type { CommandSpec } from "./command.ts";
import { toolErrors } from "./errors.ts";
import { hasProcessGroups } from "./process_tree.ts";

/** What a process starts with besides its command line. */
export interface ProcessStart {
  /** All of its variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: "null" | "piped" | "inherit";
  readonly stdout: "null" | "piped" | "inherit";
  readonly stderr: "null" | "piped" | "inherit";
}

/**
 * Starts a program of which the answer is read, in a process group of its own.
 *
 * @throws `TOOL_MISSING`, `TOOL_FAILED` when its directory does not exist
 */
export function startProcess(spec: CommandSpec, env: Environment): Promise<Deno.ChildProcess> {
  return spawnProcess(spec, {
    env: childEnvironment(env, spec.env),
    stdin: spec.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/**
 * Starts a program in a process group, and where sessions exist in a session, of its own.
 *
 * @throws `TOOL_MISSING`, `TOOL_FAILED` when its directory does not exist
 */
export async function spawnProcess(
  spec: CommandSpec,
  start: ProcessStart,
): Promise<Deno.ChildProcess> {
  try {
    return new Deno.Command(spec.program, {
      args: [...spec.args],
      cwd: spec.cwd,
      clearEnv: true,
      ...start,
      detached: hasProcessGroups,
    }).spawn();
  } catch (error) {
    await requireDirectory(spec);
    const missing = error instanceof Deno.errors.NotFound;
    throw new ComfydockError(
      toolErrors.TOOL_MISSING,
      `Cannot run "${spec.program}": ${missing ? "it is not installed" : "it cannot be started"}`,
      {
        hint: `Install ${spec.program} and see that it is on PATH`,
        details: { program: spec.program },
        cause: error,
      },
    );
  }
}

// The runtime answers "not found" for a missing directory just as for a missing program.
async function requireDirectory({ cwd, program }: CommandSpec): Promise<void> {
  if (cwd === undefined) return;
  const isDirectory = await Deno.stat(cwd).then((info) => info.isDirectory, () => false);
  if (isDirectory) return;
  throw new ComfydockError(
    toolErrors.TOOL_FAILED,
    `Cannot run "${program}" in "${cwd}": there is no such directory`,
    { details: { program, cwd } },
  );
}
