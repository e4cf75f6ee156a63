import { interrupted } from "../../base/mod.ts";
import { hashAll } from "./hash_all.ts";
import type { HashOptions, HashOutcome } from "./types.ts";

/** What became of each file, as it comes; whoever stops reading stops the work. */
export function hashOutcomes(
  paths: Iterable<string> | AsyncIterable<string>,
  options: HashOptions,
): ReadableStream<HashOutcome> {
  const ended = new AbortController();
  const { signal } = options;
  return new ReadableStream<HashOutcome>({
    start(controller) {
      const settle = (how: () => void) => {
        if (ended.signal.aborted) return;
        signal?.removeEventListener("abort", stop);
        ended.abort();
        how();
      };
      const stop = () => settle(() => controller.error(interrupted(signal)));
      signal?.addEventListener("abort", stop);
      const emit = (outcome: HashOutcome) => {
        if (!ended.signal.aborted) controller.enqueue(outcome);
      };
      hashAll(paths, options, emit, ended.signal).then(
        () => settle(() => controller.close()),
        (error) => settle(() => controller.error(error)),
      );
    },
    cancel: () => ended.abort(),
  });
}
