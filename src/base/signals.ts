import { baseErrors, ComfydockError } from "./errors.ts";

/** The error that work ends with when its signal was aborted: the abort's own reason, if it is one of ours. */
export function interrupted(signal?: AbortSignal): ComfydockError {
  if (signal?.reason instanceof ComfydockError) return signal.reason;
  return new ComfydockError(baseErrors.INTERRUPTED, "Interrupted");
}

/** Throws `INTERRUPTED` when the signal has been aborted. */
export function throwIfAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw interrupted(signal);
}
