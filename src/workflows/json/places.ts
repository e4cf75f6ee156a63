import { kindAt, membersFrom, skipSpace } from "./scan.ts";
import type { JsonMember, JsonPath } from "./types.ts";

/** What has been scanned of a list, and where the scan goes on. */
interface ListScan {
  readonly starts: number[];
  readonly rest: Iterator<JsonMember>;
}

/** Tells the lines of many paths of one JSON text; what was scanned for one of them is not scanned again for the next. */
export class JsonPlaces {
  readonly #text: string;
  readonly #objects = new Map<number, Map<string | number, number>>();
  readonly #lists = new Map<number, ListScan>();
  readonly #lineStarts: number[] = [0];

  /**
   * Counts the lines of a text.
   *
   * @param text Valid JSON.
   */
  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /**
   * The line on which the value of a path begins, counted from 1.
   *
   * @param path Of a path that leads nowhere, the part counts that leads somewhere.
   */
  lineOf(path: JsonPath): number {
    let at = skipSpace(this.#text, 0);
    for (const key of path) {
      const next = this.#memberStart(at, key);
      if (next === undefined) break;
      at = next;
    }
    return path.length === 0 ? 1 : this.#lineAt(at);
  }

  #memberStart(at: number, key: string | number): number | undefined {
    const kind = kindAt(this.#text, at);
    if (kind === "object") return this.#keysOf(at).get(key);
    return kind === "list" && typeof key === "number" ? this.#itemStart(at, key) : undefined;
  }

  // Of a key that comes twice the last one counts, so that an object is scanned to its end.
  #keysOf(at: number): ReadonlyMap<string | number, number> {
    let known = this.#objects.get(at);
    if (!known) {
      known = new Map();
      for (const { key, valueStart } of membersFrom(this.#text, at)) known.set(key, valueStart);
      this.#objects.set(at, known);
    }
    return known;
  }

  #itemStart(at: number, index: number): number | undefined {
    let scan = this.#lists.get(at);
    if (!scan) this.#lists.set(at, scan = { starts: [], rest: membersFrom(this.#text, at) });
    while (scan.starts.length <= index) {
      const { done, value } = scan.rest.next();
      if (done) return undefined;
      scan.starts.push(value.valueStart);
    }
    return scan.starts[index];
  }

  #lineAt(offset: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
