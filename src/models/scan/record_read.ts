import { noCheckpoints } from "../../workspace/mod.ts";
import { type ModelIndex, recordFile, recordPlace } from "../index/mod.ts";
import type { ModelProblem } from "../types.ts";
import { hashNew, type ReadFile } from "./hash_new.ts";
import type { FoundFile, ScanOptions, UnsafeModel } from "./types.ts";

/** What reading files came to. */
export interface RecordedFiles {
  /** Files that are in the index now, as they were read. */
  readonly recorded: readonly FoundFile[];
  readonly hashedBytes: number;
  readonly unsafe: readonly UnsafeModel[];
  /** Files that are not, each with the reason. */
  readonly failed: readonly { readonly file: FoundFile; readonly problem: ModelProblem }[];
}

/** A transaction ends with so many files, or after so many bytes. */
const BATCH_FILES = 500;
const BATCH_BYTES = 512 * 1024 ** 2;

/**
 * Reads files and notes them, in transactions of bounded size; several names of the same bytes are read once.
 *
 * @param now When, as ISO 8601.
 * @throws `INTERRUPTED`, `DISK_FULL`, and the other errors of the index.
 */
export async function readAndRecord(
  index: ModelIndex,
  files: readonly FoundFile[],
  now: string,
  options: ScanOptions,
): Promise<RecordedFiles> {
  const { report, checkpoints = noCheckpoints } = options;
  const groups = [...Map.groupBy(files, identityOf).values()];
  const total = groups.reduce((sum, [first]) => sum + first!.size, 0);
  const others = new Map(groups.map(([first, ...rest]) => [first!.path, rest]));
  const book = new Book(index, now, others);
  if (files.length > 0) {
    report.emit({ kind: "started", id: "hash", label: "Hashing models", total, unit: "bytes" });
  }
  for await (const read of hashNew(groups.map(([first]) => first!), options)) {
    if (!book.add(read)) continue;
    book.save();
    checkpoints.reach("scan:batch");
  }
  book.save();
  if (files.length > 0) report.emit({ kind: "finished", id: "hash" });
  return book;
}

/** Files with one identity are one file under several names. */
function identityOf(file: FoundFile): string {
  const { inode, device, size, mtimeNs, path } = file;
  return inode === undefined ? path : `${device}:${inode}:${size}:${mtimeNs}`;
}

class Book implements RecordedFiles {
  readonly recorded: FoundFile[] = [];
  readonly unsafe: UnsafeModel[] = [];
  readonly failed: { readonly file: FoundFile; readonly problem: ModelProblem }[] = [];
  hashedBytes = 0;
  readonly #index: ModelIndex;
  readonly #now: string;
  readonly #others: ReadonlyMap<string, readonly FoundFile[]>;
  #waiting: (ReadFile & { readonly content: unknown })[] = [];
  #bytes = 0;

  constructor(
    index: ModelIndex,
    now: string,
    others: ReadonlyMap<string, readonly FoundFile[]>,
  ) {
    this.#index = index;
    this.#now = now;
    this.#others = others;
  }

  /** Takes a file, and tells whether enough wait to be saved. */
  add(read: ReadFile): boolean {
    if ("problem" in read) {
      const others = this.#others.get(read.file.path) ?? [];
      this.failed.push(read, ...others.map((file) => ({ file, problem: read.problem })));
      return false;
    }
    this.#waiting.push(read);
    this.#bytes += read.file.size;
    return this.#waiting.length >= BATCH_FILES || this.#bytes >= BATCH_BYTES;
  }

  /** Notes all that wait. */
  save(): void {
    if (this.#waiting.length === 0) return;
    this.#index.transaction(() => {
      for (const read of this.#waiting) this.#record(read);
    });
    this.#waiting = [];
    this.#bytes = 0;
  }

  #record(read: ReadFile): void {
    if ("problem" in read) return;
    const { file, content } = read;
    const id = recordFile(this.#index, file, content, this.#now);
    const { size, mtimeNs } = file;
    const others = (this.#others.get(file.path) ?? []).map((other) => ({
      ...other,
      size,
      mtimeNs,
    }));
    for (const other of others) recordPlace(this.#index, id, other, this.#now);
    this.recorded.push(file, ...others);
    this.hashedBytes += size;
    const globals = content.format.unsafe ?? [];
    if (globals.length > 0) this.unsafe.push({ path: file.path, globals });
  }
}
