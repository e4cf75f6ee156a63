import type { CommandSpec } from "./command.ts";
import { spawnProcess } from "./process_start.ts";

/** A program that may outlive this process. */
export interface BackgroundProcess {
  readonly pid: number;
  /** Settles when it ends before it is let go: its code and the end of what it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number; readonly stderr: string }>;
  /** Lets go: this process no longer waits for it. */
  release(): Promise<void>;
}

const MOST_TEXT = 8_000;

/**
 * Starts a program in a session of its own, without a terminal; its standard error is read only until it is let go.
 *
 * @param spec The command line; its `env` and `stdin` are not looked at.
 * @param env All variables that it gets.
 * @throws `TOOL_MISSING`, `TOOL_FAILED` when its directory does not exist
 */
export async function startInBackground(
  spec: CommandSpec,
  env: Readonly<Record<string, string>>,
): Promise<BackgroundProcess> {
  const child = await spawnProcess(spec, { env, stdin: "null", stdout: "null", stderr: "piped" });
  const reader = child.stderr.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const reading = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      text = (text + decoder.decode(next.value, { stream: true })).slice(-MOST_TEXT);
    }
  })();
  const ended = Promise.all([child.status, reading])
    .then(([{ code }]) => ({ code, stderr: text.trim() }));
  return {
    pid: child.pid,
    ended,
    async release() {
      child.unref();
      await reader.cancel();
    },
  };
}
