import type { HashedFile } from "./hashed_file.ts";
import { planFiles } from "./plan_files.ts";
import type { FileRange, HashOptions, HashOutcome, PieceHasher, RangeAnswer } from "./types.ts";

/** What is to be hashed, and what becomes of it. */
export interface Queue {
  /** Bytes of all files that were looked at. */
  readonly size: number;
  /** What a Worker does next: more of its file, then another file or several small ones, then a part of another's. */
  next(worker: number): Promise<readonly FileRange[] | undefined>;
  /** Ranges that were taken and not begun; they are the next. */
  giveBack(ranges: readonly FileRange[]): void;
  accept(this: void, answer: RangeAnswer): void;
  /** No further file is looked for. */
  close(): Promise<unknown>;
}

/**
 * Queues files.
 *
 * @param hasher Puts files together from their ranges.
 * @param options With `whole`, no file is divided.
 * @param emit Takes what became of a file.
 */
export function createQueue(
  paths: Iterable<string> | AsyncIterable<string>,
  hasher: PieceHasher,
  { whole, onBytes }: HashOptions & { readonly whole: boolean },
  emit: (outcome: HashOutcome) => void,
): Queue {
  const open = new Map<number, HashedFile>();
  const owned = new Map<number, HashedFile>();
  const turns = new Map<number, Promise<unknown>>();
  const returned: (readonly FileRange[])[] = [];
  let size = 0;
  const batches = openFiles();

  // A file is open before anybody can see that no other comes after it.
  async function* openFiles() {
    for await (const { files, failed } of planFiles(paths, whole)) {
      failed.forEach(emit);
      for (const file of files) {
        open.set(file.number, file);
        size += file.fingerprint.size;
      }
      if (files.length > 0) yield files;
    }
  }

  async function choose(worker: number): Promise<readonly FileRange[] | undefined> {
    const given = returned.pop();
    if (given) return given;
    const own = owned.get(worker);
    if (own && own.left > 0) return [own.take()];
    const { value: files } = await batches.next();
    if (files) {
      const last = files.at(-1)!;
      owned.set(worker, last);
      return files.map((file) => file.take());
    }
    const [first, ...others] = open.values();
    if (!first) return undefined;
    const largest = others.reduce((most, file) => file.left > most.left ? file : most, first);
    return largest.left > 0 ? [largest.take()] : undefined;
  }

  return {
    get size() {
      return size;
    },
    next(worker) {
      // One after the other, so that a Worker does not begin two files at once.
      const turn = (turns.get(worker) ?? Promise.resolve()).then(() => choose(worker));
      turns.set(worker, turn);
      return turn;
    },
    giveBack: (ranges) => void returned.push(ranges),
    accept(answer) {
      const file = open.get(answer.file);
      if (!file) return;
      if (answer.value) onBytes?.(answer.length, file.path);
      const outcome = file.accept(answer, hasher);
      if (!outcome) return;
      open.delete(file.number);
      emit(outcome);
    },
    close: () => batches.return(undefined),
  };
}
