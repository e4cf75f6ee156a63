import { projectRoot } from "../../../tasks/run_deno.ts";

/** How a child program ended. */
export interface ChildEnd {
  readonly code: number;
  readonly signal: string | null;
  readonly text: string;
}

/** Starts a program of this directory as a process of its own. */
export function startChild(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `tests/workspace/support/${program}`, ...args],
    cwd: projectRoot,
    env: { ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a program of this directory to its end. */
export async function runChild(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ChildEnd> {
  const { code, signal, stdout, stderr } = await startChild(program, args, env).output();
  const decoder = new TextDecoder();
  return { code, signal, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
