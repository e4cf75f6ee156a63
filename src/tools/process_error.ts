import { ComfydockError, type ErrorKind, redact } from "../base/mod.ts";
import { type CommandSpec, describeCommand } from "./command.ts";

const LAST_LINES = 20;

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number;
  readonly signal: string | null;
  /** What it wrote to standard error, bounded and not redacted. */
  readonly stderr: string;
  readonly stdout: string;
}

/** A program that failed; what it wrote is at hand for those who can read it. */
export class ProcessError extends ComfydockError {
  /** The command line, to be shown only through {@linkcode describeCommand}. */
  readonly spec: CommandSpec;
  /** How it ended. */
  readonly end: ProcessEnd;

  /**
   * Creates the error of a failed command.
   *
   * @param kind `TOOL_FAILED`, `TOOL_TIMEOUT` or what its text was understood as.
   * @param message What failed; upper case start, no full stop.
   */
  constructor(
    kind: ErrorKind,
    message: string,
    spec: CommandSpec,
    end: ProcessEnd,
    facts: { readonly hint?: string; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    const { code, signal, stderr } = end;
    super(kind, redact(message), {
      hint: facts.hint && redact(facts.hint),
      details: {
        ...facts.details,
        command: describeCommand(spec),
        cwd: spec.cwd,
        exit_code: code,
        signal: signal ?? undefined,
        stderr: lastLines(stderr),
      },
    });
    this.name = "ProcessError";
    this.spec = spec;
    this.end = end;
  }
}

/** The last lines of a text, as the error shows them. */
export function lastLines(text: string, count = LAST_LINES): readonly string[] {
  return redact(text).split("\n").map((line) => line.trimEnd()).filter((line) => line !== "")
    .slice(-count);
}
