import { throwIfAborted } from "../../base/mod.ts";
import { startCrew } from "./crew.ts";
import { createHasher, joinsVectors, kernelModule } from "./kernel.ts";
import { createQueue, type Queue } from "./queue.ts";
import { readRange } from "./read_range.ts";
import type { HashOptions, HashOutcome } from "./types.ts";
import type { WorkerTools } from "./worker_source.ts";

/** Less than this is hashed before the first Worker would have started. */
const INLINE_BYTES = 8 * 1024 ** 2;
/** Orders under way for each Worker, so that it need not wait for the calling thread. */
const ORDERS = 2;
const MOST_WORKERS = 4;

/**
 * Hashes files, in the calling thread as long as they are few and small, then in Workers.
 *
 * @param ended Ends the work and the Workers; there is no outcome after it.
 */
export async function hashAll(
  paths: Iterable<string> | AsyncIterable<string>,
  options: HashOptions,
  emit: (outcome: HashOutcome) => void,
  ended: AbortSignal,
): Promise<void> {
  const { sha256 = false, kernel } = options;
  const module = kernelModule(kernel);
  const hasher = createHasher(kernel);
  const queue = createQueue(paths, hasher, { ...options, whole: sha256 || !module }, emit);
  const createHash = sha256 ? (await import("node:crypto")).createHash : undefined;
  const startSha256 = createHash && (() => createHash("sha256"));
  try {
    while (!module || queue.size < INLINE_BYTES) {
      const ranges = await queue.next(0);
      if (!ranges) return;
      if (module && queue.size >= INLINE_BYTES) queue.giveBack(ranges);
      else for (const range of ranges) queue.accept(readRange(hasher, range, startSha256));
      throwIfAborted(ended);
    }
    const workers = options.workers ?? Math.min(navigator.hardwareConcurrency, MOST_WORKERS);
    const tools = { kernel: module, joinsVectors: joinsVectors(), sha256 };
    await hashInWorkers(queue, workers, tools, ended);
  } finally {
    await queue.close();
  }
}

async function hashInWorkers(
  queue: Queue,
  workers: number,
  tools: WorkerTools,
  ended: AbortSignal,
): Promise<void> {
  const crew = startCrew(tools);
  ended.addEventListener("abort", crew.end);
  const lane = async (worker: number) => {
    for (;;) {
      const ranges = await queue.next(worker);
      if (!ranges) return;
      (await crew.hash(worker, ranges)).forEach(queue.accept);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers * ORDERS }, (_, at) => lane(at % workers)));
  } finally {
    ended.removeEventListener("abort", crew.end);
    crew.end();
  }
}
