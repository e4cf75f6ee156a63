/** Bytes of which the beginning and the end are kept. */
export class BoundedOutput {
  #head: Uint8Array[] = [];
  #tail: Uint8Array[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #half: number;
  /** How many bytes came in all. */
  total = 0;

  /** @param maxBytes How many bytes are kept, half of them from the end. */
  constructor(maxBytes: number) {
    this.#half = Math.ceil(maxBytes / 2);
  }

  /** Tells whether bytes were dropped from the middle. */
  get truncated(): boolean {
    return this.total > this.#headBytes + this.#tailBytes;
  }

  /** Adds bytes. */
  push(chunk: Uint8Array): void {
    this.total += chunk.length;
    const room = this.#half - this.#headBytes;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      this.#head.push(part);
      this.#headBytes += part.length;
      chunk = chunk.subarray(part.length);
    }
    if (chunk.length === 0) return;
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    while (this.#tailBytes - this.#tail[0]!.length >= this.#half) {
      this.#tailBytes -= this.#tail.shift()!.length;
    }
  }

  /** What was kept, as bytes. */
  bytes(): Uint8Array<ArrayBuffer> {
    const parts = [...this.#head, ...this.#tail];
    const whole = new Uint8Array(this.#headBytes + this.#tailBytes);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** What was kept, as text, with a line where bytes are missing. */
  text(): string {
    const whole = this.bytes();
    const decoder = new TextDecoder();
    if (!this.truncated) return decoder.decode(whole);
    const missing = this.total - whole.length;
    const head = decoder.decode(whole.subarray(0, this.#headBytes));
    const tail = decoder.decode(whole.subarray(this.#headBytes));
    return `${head}\n… ${missing} bytes left out …\n${tail}`;
  }
}
