import type { CommandSpec } from "./command.ts";

/** A line that a program wrote. */
export interface OutputLine {
  readonly from: "stdout" | "stderr";
  /** Without its end; not redacted. */
  readonly text: string;
}

/** How one command is run. */
export interface RunOptions {
  /** Ends the program and all it started. */
  readonly signal?: AbortSignal;
  /** Called with each line as it comes; must not throw. */
  readonly onLine?: (line: OutputLine) => void;
  /** Longest silence on both pipes, in milliseconds; default none. */
  readonly inactivityMs?: number;
  /** Longest run in all, in milliseconds; default none. */
  readonly timeoutMs?: number;
  /** How many bytes of each pipe are kept, half from the end; default 4 MiB. */
  readonly maxOutput?: number;
  /** Exit codes that are answers, not failures; default only 0. */
  readonly accept?: readonly number[];
}

/** What a program answered. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** True when the middle of standard output was dropped. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

/** The only executor of command lines. */
export interface CommandRunner {
  /**
   * Runs a program to its end, without a shell and without a terminal.
   *
   * @throws `TOOL_MISSING`, `TOOL_FAILED`, `TOOL_TIMEOUT`, `INTERRUPTED`
   */
  run(spec: CommandSpec, options?: RunOptions): Promise<RunResult>;
}
