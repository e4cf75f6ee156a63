import { readContainer, skipSpace } from "./scan.ts";
import type { JsonContainer, JsonPath } from "./types.ts";

/** Tells the lines of many paths of one JSON text; what was scanned for one of them is not scanned again for the next. */
export class JsonPlaces {
  readonly #text: string;
  readonly #containers = new Map<number, JsonContainer | undefined>();
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
      const next = this.#container(at)?.members.findLast((member) => member.key === key)
        ?.valueStart;
      if (next === undefined) break;
      at = next;
    }
    return path.length === 0 ? 1 : this.#lineAt(at);
  }

  #container(at: number): JsonContainer | undefined {
    if (!this.#containers.has(at)) this.#containers.set(at, readContainer(this.#text, at));
    return this.#containers.get(at);
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
