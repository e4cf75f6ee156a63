import { fileURLToPath } from "node:url";
import { forward } from "./terminal.ts";

/** The root of the project as a path. */
export const projectRoot: string = fileURLToPath(new URL("../", import.meta.url));

/** How a run of Deno ended. */
export interface DenoRun {
  readonly code: number;
  readonly stdout: string;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly seconds: number;
}

/** How {@linkcode runDeno} runs. */
export interface DenoRunOptions {
  /** Shows standard output while it comes, and lets standard error through. */
  readonly live?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; default the root of the project. */
  readonly cwd?: string;
  /** The program; default the Deno that runs this task. */
  readonly program?: string;
}

/**
 * Runs Deno and waits for its end.
 *
 * @param args Everything behind `deno`.
 */
export async function runDeno(
  args: readonly string[],
  { live = false, env = {}, cwd = projectRoot, program = Deno.execPath() }: DenoRunOptions = {},
): Promise<DenoRun> {
  const started = performance.now();
  const colour: Record<string, string> = Deno.stdout.isTerminal() ? {} : { NO_COLOR: "1" };
  const child = new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { ...colour, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: live ? "inherit" : "piped",
  }).spawn();
  const [stdout, stderr, { code }] = await Promise.all([
    collect(child.stdout, live),
    live ? "" : collect(child.stderr, false),
    child.status,
  ]);
  const seconds = (performance.now() - started) / 1000;
  return { code, stdout, output: stdout + stderr, seconds };
}

async function collect(stream: ReadableStream<Uint8Array>, live: boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    if (live) forward(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
