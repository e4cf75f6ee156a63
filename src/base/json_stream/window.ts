import type { ByteSource } from "./byte_source.ts";

const FIRST_BYTES = 1 << 21;

/** The part of a source that is in memory: one buffer, used again and again, that grows only for a large value. */
export class ByteWindow {
  /** The buffer; bytes `at` to `end` are known and not yet read. */
  bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  at = 0;
  end = 0;
  /** Offset in the source of `bytes[0]`. */
  base = 0;
  readonly #source: ByteSource;
  readonly #maxBytes: number;

  /** Wraps a source; the window never holds more than `maxBytes` besides one reading. */
  constructor(source: ByteSource, maxBytes: number) {
    this.#source = source;
    this.#maxBytes = maxBytes;
  }

  /** True when the value that starts at `keep` fills all the memory it may. */
  isFull(keep: number): boolean {
    return this.end - keep >= this.#maxBytes;
  }

  /**
   * Reads on, keeping the bytes from `keep`, which becomes offset 0.
   *
   * @returns False at the end of the source.
   */
  async more(keep: number): Promise<boolean> {
    if (keep > 0) {
      this.bytes.copyWithin(0, keep, this.end);
      this.base += keep;
      this.at -= keep;
      this.end -= keep;
    }
    if (this.end === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    const length = await this.#source.read(this.bytes.subarray(this.end));
    this.end += length;
    return length > 0;
  }
}
