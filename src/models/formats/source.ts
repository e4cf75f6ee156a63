import { fileError, refusePipe } from "../../base/mod.ts";
import { brokenModel } from "../faults.ts";

/** Bytes that can be read at any place; nothing more than what is asked for is held. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes; fewer only at the end. */
  readAt(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Runs work on the bytes of a file.
 *
 * @throws `FILE_UNREADABLE`, and what the work throws.
 */
export function withFileSource<Result>(path: string, work: (source: ByteSource) => Result): Result {
  let file: Deno.FsFile;
  try {
    refusePipe(path);
    file = Deno.openSync(path);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
  try {
    return work({
      size: file.statSync().size,
      readAt(offset, length) {
        file.seekSync(offset, Deno.SeekMode.Start);
        const bytes = new Uint8Array(length);
        let at = 0;
        while (at < length) {
          const count = file.readSync(bytes.subarray(at));
          if (count === null) break;
          at += count;
        }
        return bytes.subarray(0, at);
      },
    });
  } catch (error) {
    throw fileError("Cannot read", path, error);
  } finally {
    file.close();
  }
}

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    size: bytes.length,
    readAt: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

const WINDOW = 64 * 1024;

/** Reads a source from front to back through a small window. */
export class Cursor {
  #source: ByteSource;
  #window = new Uint8Array(0);
  #start = 0;
  /** Where the next byte is. */
  at: number;
  /** How many bytes may still be read, apart from those that are skipped. */
  #allowance: number;

  /** Begins at an offset; more than `allowance` bytes are never read. */
  constructor(source: ByteSource, { at = 0, allowance }: { at?: number; allowance: number }) {
    this.#source = source;
    this.at = at;
    this.#allowance = allowance;
  }

  /** Whether nothing follows. */
  get ended(): boolean {
    return this.at >= this.#source.size;
  }

  /** The next byte, which stays. */
  peek(): number {
    this.#fill(1);
    return this.#window[this.at - this.#start]!;
  }

  /** One byte. */
  byte(): number {
    const value = this.peek();
    this.at++;
    return value;
  }

  /** Exactly so many bytes. */
  take(length: number): Uint8Array {
    this.#fill(length);
    const from = this.at - this.#start;
    this.at += length;
    return this.#window.subarray(from, from + length);
  }

  /** Passes bytes without reading them. */
  skip(length: number): void {
    if (length > this.#source.size - this.at) throw cutOff(this.at + length, this.#source.size);
    this.at += length;
  }

  /** An unsigned number of 1 to 8 bytes, the lowest first; beyond 2^53 it is not exact. */
  uint(bytes: number): number {
    const field = this.take(bytes);
    let value = 0;
    for (let at = bytes - 1; at >= 0; at--) value = value * 256 + field[at]!;
    return value;
  }

  /** Bytes up to a line end, without it. */
  line(longest: number): Uint8Array {
    const bytes: number[] = [];
    for (;;) {
      const byte = this.byte();
      if (byte === 0x0a) return Uint8Array.from(bytes);
      if (bytes.push(byte) > longest) throw brokenModel("a line in it has no end");
    }
  }

  #fill(length: number): void {
    const have = this.#start + this.#window.length - this.at;
    if (this.at >= this.#start && have >= length) return;
    if (length > this.#source.size - this.at) throw cutOff(this.at + length, this.#source.size);
    const wanted = Math.max(length, Math.min(WINDOW, this.#source.size - this.at));
    if (length > this.#allowance) throw brokenModel("what describes it is too long to be read");
    this.#allowance -= Math.min(wanted, this.#allowance);
    this.#window = this.#source.readAt(this.at, wanted);
    this.#start = this.at;
    if (this.#window.length < length) throw cutOff(this.at + length, this.#source.size);
  }
}

function cutOff(needed: number, size: number) {
  return brokenModel(`it is cut off: byte ${needed} is needed, and there are ${size}`);
}
