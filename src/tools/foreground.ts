import type { CommandSpec } from "./command.ts";
import { spawnProcess } from "./process_start.ts";
import { hasProcessGroups } from "./process_tree.ts";

/** How a program that was shown ended. */
export interface ForegroundEnd {
  readonly code: number;
  /** Name of the signal that ended it, if one did. */
  readonly signal: string | null;
}

/** Signals that ask this process to end. */
const PASSED_ON: readonly Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program on the streams of this process until it ends, and passes on each signal once.
 *
 * It gets a session of its own, so that Ctrl-C reaches it through us alone and not twice; it can read the terminal all
 * the same. On Windows the console itself sends Ctrl-C to both, and nothing is passed on.
 *
 * @param spec The command line; its `env` and `stdin` are not looked at.
 * @param env All variables that it gets.
 * @throws `TOOL_MISSING`, `TOOL_FAILED` when its directory does not exist
 */
export async function runInForeground(
  spec: CommandSpec,
  env: Readonly<Record<string, string>>,
): Promise<ForegroundEnd> {
  const child = await spawnProcess(spec, {
    env,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  });
  const forget = hasProcessGroups
    ? PASSED_ON.map((name) => listen(name, () => passOn(child, name)))
    : [listen("SIGINT", () => {}), listen("SIGBREAK", () => {})];
  try {
    const { code, signal } = await child.status;
    return { code, signal };
  } finally {
    forget.forEach((stop) => stop());
  }
}

function listen(name: Deno.Signal, listener: () => void): () => void {
  Deno.addSignalListener(name, listener);
  return () => Deno.removeSignalListener(name, listener);
}

function passOn(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It has ended, and its status is on the way.
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}
