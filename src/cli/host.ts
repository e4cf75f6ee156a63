import { type Clock, fileError, systemClock } from "../base/mod.ts";
import type { TerminalSize, TextStream } from "../output/mod.ts";

/** The process as the shell sees it; tests bring their own. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdinIsTerminal: boolean;
  /** For data. */
  readonly stdout: TextStream;
  /** For people. */
  readonly stderr: TextStream;
  readonly clock: Clock;
  /** Of the terminal; 80 by 24 where there is none. */
  size(): TerminalSize;
  /** Calls back on Ctrl-C and SIGTERM; the answer stops that. */
  onInterrupt(listener: () => void): () => void;
  /** Calls back on a failure that no code awaited; the answer stops that. */
  onFault(listener: (error: unknown) => void): () => void;
  /** Ends the process at once. */
  end(code: number): void;
}

const DEFAULT_SIZE: TerminalSize = { columns: 80, rows: 24 };
const BUSY_WAIT_MS = 2;
/** A pipe that does not block takes up to PIPE_BUF bytes whole or not at all; of more, nobody tells how many it took. */
const WHOLE_WRITE = Deno.build.os === "darwin" ? 512 : 4096;

/**
 * The real process.
 *
 * @param end Ends the process; only `main.ts` may.
 */
export function processHost(end: (code: number) => void): Host {
  return {
    env: Deno.env.toObject(),
    stdinIsTerminal: Deno.stdin.isTerminal(),
    stdout: textStream(Deno.stdout, "standard output"),
    stderr: textStream(Deno.stderr, "standard error"),
    clock: systemClock,
    size: terminalSize,
    onInterrupt,
    onFault,
    end,
  };
}

function textStream(target: typeof Deno.stdout | typeof Deno.stderr, name: string): TextStream {
  const encoder = new TextEncoder();
  let readerGone = false;
  return {
    isTerminal: target.isTerminal(),
    get readerGone() {
      return readerGone;
    },
    write(text) {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length && !readerGone;) {
        try {
          at += target.writeSync(bytes.subarray(at, at + WHOLE_WRITE));
        } catch (error) {
          if (error instanceof Deno.errors.WouldBlock) pause();
          // A reader such as `head` that has seen enough is no fault of the command.
          else if (error instanceof Deno.errors.BrokenPipe) readerGone = true;
          else throw fileError("Cannot write", name, error);
        }
      }
    },
  };
}

/** Waits until a pipe that does not block may have room again. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_WAIT_MS);
}

function terminalSize(): TerminalSize {
  try {
    const { columns, rows } = Deno.consoleSize();
    // A pseudo-terminal may say 0 by 0.
    return { columns: columns || DEFAULT_SIZE.columns, rows: rows || DEFAULT_SIZE.rows };
  } catch {
    return DEFAULT_SIZE;
  }
}

function onInterrupt(listener: () => void): () => void {
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, listener);
  };
}

function onFault(listener: (error: unknown) => void): () => void {
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    listener(event.reason);
  };
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    listener(event.error);
  };
  addEventListener("unhandledrejection", onRejection);
  addEventListener("error", onError);
  return () => {
    removeEventListener("unhandledrejection", onRejection);
    removeEventListener("error", onError);
  };
}
