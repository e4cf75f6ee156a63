const never = new AbortController().signal;

/** One signal that follows others, and how to let go of them. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/**
 * Makes one signal out of two that may be absent.
 *
 * Unlike `AbortSignal.any` nothing is left behind on a long-lived signal once `release` was called.
 */
export function linkSignals(first?: AbortSignal, second?: AbortSignal): LinkedSignal {
  if (first === undefined || second === undefined || first === second) {
    return { signal: first ?? second ?? never, release: () => {} };
  }
  const both = new AbortController();
  const follow = () => both.abort(first.aborted ? first.reason : second.reason);
  if (first.aborted || second.aborted) follow();
  first.addEventListener("abort", follow);
  second.addEventListener("abort", follow);
  return {
    signal: both.signal,
    release: () => {
      first.removeEventListener("abort", follow);
      second.removeEventListener("abort", follow);
    },
  };
}
