import { ComfydockError, interrupted } from "../base/mod.ts";
import { toolErrors } from "./errors.ts";
import type { RunOptions } from "./types.ts";

/** Waits for the abort of the signal, for silence and for the end of the time. */
export interface Watch {
  /** Resolves with the error that the run ends with; never, when nothing stops it. */
  readonly stopped: Promise<unknown>;
  /** Something was heard. */
  touch(): void;
  /** Stops the run with an error. */
  halt(reason: unknown): void;
  /** Stops watching. */
  dispose(): void;
}

/** Starts to watch over a run. */
export function watchOver({ signal, inactivityMs, timeoutMs }: RunOptions): Watch {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const timeUp = (text: string) => resolve(new ComfydockError(toolErrors.TOOL_TIMEOUT, text));
  const abort = () => resolve(interrupted(signal));
  signal?.addEventListener("abort", abort, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const touch = () => {
    if (inactivityMs === undefined) return;
    clearTimeout(silence);
    silence = setTimeout(() => timeUp(`no output for ${inactivityMs / 1000} s`), inactivityMs);
  };
  const limit = timeoutMs === undefined
    ? undefined
    : setTimeout(() => timeUp(`not done after ${timeoutMs / 1000} s`), timeoutMs);
  touch();
  return {
    stopped: promise,
    halt: resolve,
    touch,
    dispose() {
      clearTimeout(silence);
      clearTimeout(limit);
      signal?.removeEventListener("abort", abort);
    },
  };
}
