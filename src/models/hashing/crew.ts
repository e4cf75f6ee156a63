import { baseErrors, ComfydockError } from "../../base/mod.ts";
import type { FileRange, RangeAnswer } from "./types.ts";
import {
  type WorkerAnswer,
  type WorkerOrder,
  workerSource,
  type WorkerTools,
} from "./worker_source.ts";

/** Workers that hash ranges. */
export interface Crew {
  /**
   * Hands ranges to one Worker.
   *
   * @throws `INTERNAL` when it broke down.
   */
  hash(worker: number, ranges: readonly FileRange[]): Promise<readonly RangeAnswer[]>;
  /** Ends the Workers at once. */
  end(): void;
}

/** Gets Workers ready; each starts with its first ranges, because to start one takes longer than to hash a large one. */
export function startCrew(tools: WorkerTools): Crew {
  // Not a blob: the compiled binary finds none.
  const url = `data:text/javascript,${encodeURIComponent(workerSource())}`;
  const members: Member[] = [];
  return {
    hash: (worker, ranges) => (members[worker] ??= startMember(url, tools)).hash(ranges),
    end: () => members.forEach(({ worker }) => worker.terminate()),
  };
}

interface Member {
  readonly worker: Worker;
  hash(ranges: readonly FileRange[]): Promise<readonly RangeAnswer[]>;
}

function startMember(url: string, tools: WorkerTools): Member {
  const worker = new Worker(url, { type: "module" });
  const waiting: PromiseWithResolvers<readonly RangeAnswer[]>[] = [];
  let broken: ComfydockError | undefined;
  const order = (value: WorkerOrder) => worker.postMessage(value);
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => waiting.shift()!.resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    const cause = event.error ?? event.message;
    broken = new ComfydockError(baseErrors.INTERNAL, "A Worker that hashes broke down", { cause });
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  order(tools);
  return {
    worker,
    hash(ranges) {
      if (broken) return Promise.reject(broken);
      const answer = Promise.withResolvers<readonly RangeAnswer[]>();
      waiting.push(answer);
      order({ ranges });
      return answer.promise;
    },
  };
}
