import { isKind, throwIfAborted } from "../base/mod.ts";
import { BoundedOutput } from "./bounded_output.ts";
import type { Environment } from "./child_environment.ts";
import { type CommandSpec, describeCommand } from "./command.ts";
import { toolErrors } from "./errors.ts";
import { LineSplitter } from "./lines.ts";
import { type ProcessEnd, ProcessError } from "./process_error.ts";
import { startProcess } from "./process_start.ts";
import { endProcessTree } from "./process_tree.ts";
import type { OutputLine, RunOptions, RunResult } from "./types.ts";
import { type Watch, watchOver } from "./watch.ts";

const DEFAULT_OUTPUT = 4 * 1024 ** 2;
// A helper that stays behind, such as a connection that ssh shares, may hold the pipes of a finished program.
const PIPE_LINGER = 1_000;
const SEE_MORE = "With -v the same command shows what the program wrote";

/** Where a process runs and how it ends. */
interface Surroundings {
  readonly env: Environment;
  readonly graceMs: number;
}

/** Runs one program to its end; see {@linkcode CommandRunner.run}. */
export async function runProcess(
  spec: CommandSpec,
  options: RunOptions,
  { env, graceMs }: Surroundings,
): Promise<RunResult> {
  throwIfAborted(options.signal);
  const begun = performance.now();
  const child = await startProcess(spec, env);
  const watch = watchOver(options);
  const stdout = drain(child.stdout, "stdout", options, watch);
  const stderr = drain(child.stderr, "stderr", options, watch);
  const feeding = feed(child, spec.stdin).catch(watch.halt);
  const drained = Promise.all([stdout.done, stderr.done]);
  let stopped: { readonly reason: unknown } | undefined;
  try {
    stopped = await Promise.race([
      child.status.then(() => undefined),
      watch.stopped.then((reason) => ({ reason })),
    ]);
    if (stopped) await endProcessTree(child, Promise.all([child.status, drained]), graceMs);
    await withinLinger(drained);
  } finally {
    watch.dispose();
    await Promise.all([stdout.release(), stderr.release(), feeding]);
  }
  const { code, signal } = await child.status;
  const failure = { code, signal, stdout: stdout.output.text(), stderr: stderr.output.text() };
  if (stopped) throw toStopError(stopped.reason, spec, failure);
  if (code !== 0 && !options.accept?.includes(code)) {
    const how = signal ? `ended by ${signal}` : `exit code ${code}`;
    const message = `Cannot run "${describeCommand(spec)}": ${how}`;
    const hint = failure.stderr.trim() === "" ? undefined : SEE_MORE;
    throw new ProcessError(toolErrors.TOOL_FAILED, message, spec, failure, { hint });
  }
  return {
    code,
    stdout: failure.stdout,
    stderr: failure.stderr,
    bytes: stdout.output.bytes(),
    truncated: stdout.output.truncated,
    elapsedMs: performance.now() - begun,
  };
}

function toStopError(reason: unknown, spec: CommandSpec, end: ProcessEnd): unknown {
  if (!isKind(reason, toolErrors.TOOL_TIMEOUT)) return reason;
  const message = `Cannot finish "${describeCommand(spec)}": ${reason.message}`;
  const hint = "Check the network, then run the same command again";
  return new ProcessError(toolErrors.TOOL_TIMEOUT, message, spec, end, { hint });
}

function drain(
  pipe: ReadableStream<Uint8Array>,
  from: OutputLine["from"],
  { onLine, maxOutput = DEFAULT_OUTPUT }: RunOptions,
  watch: Watch,
): { done: Promise<void>; output: BoundedOutput; release(): Promise<void> } {
  const output = new BoundedOutput(maxOutput);
  const lines = onLine && new LineSplitter((text) => onLine({ from, text }));
  const reader = pipe.getReader();
  const read = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      watch.touch();
      output.push(next.value);
      lines?.push(next.value);
    }
    lines?.finish();
  };
  const done = read().catch(watch.halt);
  return { done, output, release: () => reader.cancel() };
}

async function feed(child: Deno.ChildProcess, text: string | undefined): Promise<void> {
  if (text === undefined) return;
  try {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    // A program may end without reading all it was sent; its exit code says whether that is a fault.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

async function withinLinger(drained: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, PIPE_LINGER));
  await Promise.race([drained, late]);
  clearTimeout(timer);
}
