import { basename, dirname } from "node:path";
import { ComfydockError, fileError, redact, throwIfAborted } from "../../base/mod.ts";
import { tryOsLock } from "../../base/locks/mod.ts";
import { type FileDigests, startDigests } from "./digests.ts";
import { downloadErrors } from "./errors.ts";
import type { PartState } from "./judge_answer.ts";
import { type PartNote, readPartNote, writePartNote } from "./part_note.ts";
import type { FileDownload } from "./types.ts";

const REREAD_BLOCK = 1024 * 1024;
/** So many blocks are read before others get their turn. */
const BLOCKS_AT_ONCE = 32;

/** The `.part` beside a target, its note and the digests of what it holds. */
export class PartFile {
  readonly #download: FileDownload;
  readonly #path: string;
  readonly #notePath: string;
  readonly #release: () => void;
  #file: Deno.FsFile | undefined;
  #digests: FileDigests;
  #offset = 0;
  #note: PartNote | undefined;

  private constructor(download: FileDownload, release: () => void) {
    this.#download = download;
    this.#path = `${download.target}.part`;
    this.#notePath = `${this.#path}.json`;
    this.#release = release;
    this.#digests = startDigests(download);
  }

  /**
   * Opens the `.part` for one process alone; what an earlier try left is kept when its note says what it is.
   *
   * @throws `DOWNLOAD_BUSY`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
   */
  static async open(download: FileDownload): Promise<PartFile> {
    const lock = `${download.target}.part.lock`;
    const release = tryOsLock(lock, "exclusive");
    if (release === undefined) throw busy(download.target);
    const part = new PartFile(download, () => releaseAndRemove(lock, release));
    try {
      await part.#open();
      return part;
    } catch (error) {
      part.close();
      throw error;
    }
  }

  async #open(): Promise<void> {
    try {
      await Deno.mkdir(dirname(this.#path), { recursive: true });
      this.#file = await Deno.open(this.#path, { read: true, write: true, create: true });
      const { size } = await this.#file.stat();
      this.#note = await readPartNote(this.#notePath);
      if (size > 0 && this.#fits(size)) await this.#reread(size);
      else await this.begin(undefined);
    } catch (error) {
      throw fileError("Cannot write", this.#path, error);
    }
  }

  #fits(size: number): boolean {
    const { url, size: wanted } = this.#download;
    const note = this.#note;
    if (note === undefined || note.url !== redact(String(url)) || size > note.size) return false;
    return wanted === undefined || wanted === note.size;
  }

  async #reread(size: number): Promise<void> {
    const block = new Uint8Array(REREAD_BLOCK);
    for (let blocks = 1; this.#offset < size; blocks++) {
      const read = this.#opened.readSync(block);
      if (read === null) break;
      this.#digests.update(block.subarray(0, read));
      this.#offset += read;
      if (blocks % BLOCKS_AT_ONCE !== 0) continue;
      throwIfAborted(this.#download.signal);
      this.#download.onBytes?.(this.#offset, this.#note?.size);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  get #opened(): Deno.FsFile {
    if (this.#file === undefined) throw new Error("the .part is closed");
    return this.#file;
  }

  /** What is there. */
  get state(): PartState {
    return { offset: this.#offset, note: this.#note };
  }

  /**
   * Drops what is there and begins a version of the file; without a note it will not be gone on with.
   *
   * @throws `FILE_UNWRITABLE`, `DISK_FULL`
   */
  async begin(note: PartNote | undefined): Promise<void> {
    try {
      this.#opened.truncateSync(0);
      this.#opened.seekSync(0, Deno.SeekMode.Start);
    } catch (error) {
      throw fileError("Cannot write", this.#path, error);
    }
    if (this.#offset > 0) this.#digests = startDigests(this.#download);
    this.#offset = 0;
    // Only after the old bytes are gone: they must never stand under the new note.
    await writePartNote(this.#notePath, note);
    this.#note = note;
  }

  /**
   * Writes what came next.
   *
   * @throws `FILE_UNWRITABLE`, `DISK_FULL`
   */
  append(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += this.#opened.writeSync(bytes.subarray(at));
    } catch (error) {
      throw fileError("Cannot write", this.#path, error);
    }
    this.#digests.update(bytes);
    this.#offset += bytes.length;
  }

  /** The digests of all that is there, in hex by algorithm; nothing can be appended after. */
  finishDigests(): Readonly<Record<string, string>> {
    return this.#digests.finish();
  }

  /**
   * Flushes what is there to disk and gives it its name.
   *
   * @throws `FILE_UNWRITABLE`, `DISK_FULL`
   */
  async moveTo(path: string): Promise<void> {
    try {
      await this.#opened.sync();
      this.#opened.close();
      this.#file = undefined;
      await Deno.rename(this.#path, path);
    } catch (error) {
      throw fileError("Cannot write", path, error);
    }
    await writePartNote(this.#notePath, undefined);
  }

  /** Lets go of everything; what is there stays for the next try, unless it is empty. */
  close(): void {
    if (this.#file !== undefined) {
      this.#file.close();
      this.#file = undefined;
      if (this.#offset === 0) Deno.removeSync(this.#path);
    }
    this.#release();
  }
}

function releaseAndRemove(lock: string, release: () => void): void {
  // Windows removes no file that is open; elsewhere it goes first, so that nobody holds a lock on a file that is gone.
  if (Deno.build.os === "windows") release();
  try {
    Deno.removeSync(lock);
  } catch {
    // Another process has it open already: the file stays for that one.
  }
  if (Deno.build.os !== "windows") release();
}

function busy(target: string): ComfydockError {
  return new ComfydockError(
    downloadErrors.DOWNLOAD_BUSY,
    `Cannot fetch "${basename(target)}": another process is fetching it`,
    { hint: "Wait until it has ended, then run the same command again", details: { target } },
  );
}
