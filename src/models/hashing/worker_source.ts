import { createPieceHasher } from "./pieces.ts";
import { readRange } from "./read_range.ts";
import type { FileRange, RangeAnswer } from "./types.ts";

/** What a Worker works with. */
export interface WorkerTools {
  readonly kernel: WebAssembly.Module;
  readonly joinsVectors: boolean;
  readonly sha256: boolean;
}

/** What a Worker is told: first its tools, then ranges, as often as it has answered. */
export type WorkerOrder = WorkerTools | { readonly ranges: readonly FileRange[] };

/** What a Worker answers to ranges. */
export type WorkerAnswer = readonly RangeAnswer[];

interface WorkerSide {
  onmessage: ((event: MessageEvent<WorkerOrder>) => void) | null;
  postMessage(answers: WorkerAnswer): void;
}

/**
 * The program of a Worker.
 *
 * It is the text of functions and not a module of its own, so that it runs alike from the sources, in the binary and in
 * the bundle of one file.
 */
export function workerSource(): string {
  const parts = [createPieceHasher, readRange].map(String).join(",\n");
  return `(${serve})(self, () => import("node:crypto"),\n${parts});`;
}

/** Nothing outside of this function may be used in it. */
function serve(
  side: WorkerSide,
  loadCrypto: () => Promise<typeof import("node:crypto")>,
  createHasher: typeof createPieceHasher,
  read: typeof readRange,
): void {
  const prepare = async ({ kernel, joinsVectors, sha256 }: WorkerTools) => {
    const hasher = createHasher(kernel, joinsVectors);
    if (!sha256) return (range: FileRange) => read(hasher, range);
    const { createHash } = await loadCrypto();
    return (range: FileRange) => read(hasher, range, () => createHash("sha256"));
  };
  let answer: ReturnType<typeof prepare> | undefined;
  side.onmessage = async ({ data }) => {
    if ("kernel" in data) {
      answer = prepare(data);
      return;
    }
    side.postMessage(data.ranges.map(await answer!));
  };
}
