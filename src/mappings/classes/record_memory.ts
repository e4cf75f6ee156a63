/** A record that was read: its place in the bytes, and what came out. */
interface Known<Value> {
  readonly start: number;
  readonly end: number;
  readonly value: Value;
}

/** How far a record may have moved against the list before. */
const REACH = 3;

/**
 * Finds records again that stand in one list as they stood in the list before, as node classes do from version to version.
 *
 * Bytes are compared where they lie. A JSON value tells its own end, so equal bytes are an equal record, and it need not
 * be walked over once more.
 */
export class RecordMemory<Value> {
  #bytes: Uint8Array = new Uint8Array(0);
  #before: readonly Known<Value>[] = [];
  #now: Known<Value>[] = [];
  #next = 0;

  /** Forgets all records; the next ones stand in these bytes. */
  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#before = [];
    this.#now = [];
  }

  /** Starts a list; the one that was read until now is the list before. */
  startList(): void {
    if (this.#now.length > 0) this.#before = this.#now;
    this.#now = [];
    this.#next = 0;
  }

  /**
   * The record of the list before that stands at `start` again.
   *
   * @param end Where the known bytes end.
   * @returns Its value and the offset after it here, or nothing.
   */
  find(start: number, end: number): Known<Value> | undefined {
    const last = Math.min(this.#next + REACH, this.#before.length);
    for (let index = this.#next; index < last; index++) {
      const found = this.#compare(this.#before[index]!, start, end);
      if (found) {
        this.#next = index + 1;
        return found;
      }
    }
    const same = this.#before[this.#now.length];
    const found = same && this.#now.length >= last ? this.#compare(same, start, end) : undefined;
    if (found) this.#next = this.#now.length;
    return found;
  }

  /** Remembers a record of the list. */
  add(start: number, end: number, value: Value): void {
    this.#now.push({ start, end, value });
  }

  #compare(known: Known<Value>, start: number, end: number): Known<Value> | undefined {
    const length = known.end - known.start;
    if (start + length > end) return undefined;
    const bytes = this.#bytes;
    for (let at = known.start, here = start; at < known.end; at++, here++) {
      if (bytes[at]! !== bytes[here]!) return undefined;
    }
    this.add(start, start + length, known.value);
    return this.#now.at(-1);
  }
}
