import { type Clock, systemClock } from "../../src/base/mod.ts";
import { commands } from "../../src/cli/commands.ts";
import { type GroupDefinition, type Host, runCli } from "../../src/cli/mod.ts";
import { type CliRun, toRun } from "./run_cli.ts";

/** How a command line is run inside the test's own process. */
export interface InProcessSettings {
  /** The whole environment; empty by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Which of the streams are terminals; none by default. */
  readonly terminals?: readonly ("stdin" | "stdout" | "stderr")[];
  readonly columns?: number;
  readonly clock?: Clock;
  /** Other commands than comfydock's. */
  readonly root?: GroupDefinition;
}

/** A host that keeps what is written, and whose signals the test sends. */
export interface TestHost extends Host {
  readonly written: { stdout: string; stderr: string };
  /** Codes that the process was ended with at once. */
  readonly ended: number[];
  /** Acts as Ctrl-C. */
  interrupt(): void;
  /** Acts as a failure that nothing awaited. */
  fault(error: unknown): void;
}

/** Makes a host out of nothing. */
export function testHost(settings: InProcessSettings = {}): TestHost {
  const { env = {}, terminals = [], columns = 80, clock = systemClock } = settings;
  const written = { stdout: "", stderr: "" };
  const ended: number[] = [];
  const interrupts = new Set<() => void>();
  const faults = new Set<(error: unknown) => void>();
  const listen = <Listener>(listeners: Set<Listener>) => (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const stream = (name: "stdout" | "stderr") => ({
    isTerminal: terminals.includes(name),
    write(text: string) {
      written[name] += text;
    },
  });
  return {
    written,
    ended,
    env: { HOME: "/home/someone", ...env },
    stdinIsTerminal: terminals.includes("stdin"),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    clock,
    size: () => ({ columns, rows: 24 }),
    onInterrupt: listen(interrupts),
    onFault: listen(faults),
    end: (code) => void ended.push(code),
    interrupt: () => interrupts.forEach((listener) => listener()),
    fault: (error) => faults.forEach((listener) => listener(error)),
  };
}

/**
 * Runs a command line without a process of its own, which takes milliseconds.
 *
 * @param argv Words behind the program's name.
 * @param settings Environment, terminals and commands.
 */
export async function runInProcess(
  argv: readonly string[],
  settings: InProcessSettings = {},
): Promise<CliRun> {
  const host = testHost(settings);
  const code = await runCli(argv, host, settings.root ?? commands);
  return toRun(code, host.written.stdout, host.written.stderr);
}
