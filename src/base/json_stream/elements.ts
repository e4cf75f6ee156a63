import { baseErrors, ComfydockError } from "../errors.ts";
import type { ByteSource } from "./byte_source.ts";
import { parseJsonBytes } from "./parse.ts";
import { Byte, isSpace, scanValue, startScan } from "./scan.ts";
import { ByteWindow } from "./window.ts";

/** A part of a large JSON object, in the order of the source. */
export type JsonPart =
  | { readonly kind: "field"; readonly name: string; readonly value: unknown }
  | JsonElement
  | {
    readonly kind: "bad";
    readonly path: string;
    readonly reason: string;
  };

/** One element of the list; its bytes are valid only until the next part is asked for. */
export interface JsonElement {
  readonly kind: "element";
  readonly index: number;
  /** Such as `$.nodes[3]`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** How a large JSON object is read. */
export interface JsonElementsOptions {
  /** The top-level key whose list is read element by element. */
  readonly list: string;
  /** Largest element or other top-level value, in bytes; default 64 MiB. */
  readonly maxElementBytes?: number;
  /** Most brackets open at once within an element; default 100. */
  readonly maxDepth?: number;
  /**
   * A walk over an element that does work of its own on the way, so that the bytes are gone through once.
   *
   * It gets the bytes that are known from the element's `start` on, perhaps not to the element's end, and answers with
   * the offset after the element, or -1 to leave it to the usual walk. What it has walked over counts as well-formed.
   */
  readonly walk?: (bytes: Uint8Array, start: number, end: number) => number;
}

/**
 * Reads one large JSON object with flat memory: the elements of one of its lists as bytes, all other keys as values.
 *
 * An element that is too large or nested too deep is told as `bad` and skipped. Faults that leave no way to find
 * the next element (an unclosed text, a missing comma, a cut file) end the reading.
 *
 * @param source Where the bytes come from; it is closed at the end.
 * @throws `DATA_INVALID` with the path and the offset of the fault; what the source throws.
 */
export async function* readJsonElements(
  source: ByteSource,
  options: JsonElementsOptions,
): AsyncGenerator<JsonPart> {
  const reader = new ElementReader(source, options);
  try {
    yield* reader.parts();
  } finally {
    source.close();
  }
}

class ElementReader {
  readonly #window: ByteWindow;
  readonly #name: string;
  readonly #list: string;
  readonly #maxBytes: number;
  readonly #maxDepth: number;
  readonly #walk: JsonElementsOptions["walk"];
  #path = "$";

  constructor(source: ByteSource, options: JsonElementsOptions) {
    this.#name = source.name;
    this.#list = options.list;
    this.#maxBytes = options.maxElementBytes ?? 64 * 1024 * 1024;
    this.#maxDepth = options.maxDepth ?? 100;
    this.#walk = options.walk;
    this.#window = new ByteWindow(source, this.#maxBytes);
  }

  async *parts(): AsyncGenerator<JsonPart> {
    await this.#skipByteOrderMark();
    await this.#expect(Byte.openObject, "an object");
    let next = await this.#peek();
    if (next === Byte.closeObject) this.#window.at++;
    while (next !== Byte.closeObject) {
      const name = await this.#readKey();
      this.#path = `$.${name}`;
      if (name === this.#list && await this.#peek() === Byte.openList) yield* this.#elements();
      else yield await this.#readField(name);
      this.#path = "$";
      next = await this.#separator(Byte.closeObject);
    }
    if (await this.#peekOrEnd() !== undefined) throw this.#fault("more after the end of the data");
  }

  async *#elements(): AsyncGenerator<JsonPart> {
    const list = this.#path;
    this.#window.at++;
    let next = await this.#peek();
    if (next === Byte.closeList) this.#window.at++;
    for (let index = 0; next !== Byte.closeList; index++) {
      const path = this.#path = `${list}[${index}]`;
      const found = this.#walkValue() ?? await this.#takeValue();
      if (typeof found === "string") yield { kind: "bad", path, reason: found };
      else yield { kind: "element", index, path, bytes: found };
      next = await this.#separator(Byte.closeList);
    }
    this.#path = list;
  }

  async #readField(name: string): Promise<JsonPart> {
    const path = this.#path;
    const found = await this.#takeValue();
    if (typeof found === "string") return { kind: "bad", path, reason: found };
    return { kind: "field", name, value: parseJsonBytes(found, path) };
  }

  async #readKey(): Promise<string> {
    if (await this.#peek() !== Byte.quote) throw this.#fault("a key is missing");
    const found = await this.#takeValue();
    const key = typeof found === "string" ? undefined : parseJsonBytes(found, this.#path);
    if (typeof key !== "string") throw this.#fault("a key is missing");
    await this.#expect(Byte.colon, "a colon");
    await this.#peek();
    return key;
  }

  /** The bytes of the element at the window, when the caller's own walk could reach its end. */
  #walkValue(): Uint8Array | undefined {
    const { bytes, at, end } = this.#window;
    const after = this.#walk?.(bytes, at, end) ?? -1;
    if (after < 0 || after - at > this.#maxBytes) return undefined;
    this.#window.at = after;
    return bytes.subarray(at, after);
  }

  /** The bytes of the value at the window, or why it is skipped. */
  async #takeValue(): Promise<Uint8Array | string> {
    const window = this.#window;
    const first = await this.#peek();
    if (first === Byte.closeList || first === Byte.closeObject || first === Byte.comma) {
      throw this.#fault("a value is missing");
    }
    let start = window.at;
    const tooLarge = `more than the ${this.#maxBytes} bytes accepted`;
    let skipped = "";
    const scan = startScan(window.bytes, start);
    while (!scanValue(window.bytes, window.end, scan)) {
      if (skipped || window.isFull(start)) {
        skipped = tooLarge;
        start = window.end;
      }
      window.at = scan.at;
      const goesOn = await window.more(start);
      scan.at = window.at;
      start = 0;
      if (!goesOn) throw this.#fault("the data ends too early");
    }
    window.at = scan.at;
    if (scan.deepest > this.#maxDepth) return `nested deeper than the ${this.#maxDepth} accepted`;
    if (skipped || scan.at - start > this.#maxBytes) return tooLarge;
    return window.bytes.subarray(start, scan.at);
  }

  /** Reads the comma or the closing bracket after a value, and tells which byte stands there. */
  async #separator(close: number): Promise<number> {
    const byte = await this.#peek();
    if (byte !== close && byte !== Byte.comma) throw this.#fault("a comma is missing");
    this.#window.at++;
    if (byte === Byte.comma) await this.#peek();
    return byte;
  }

  async #expect(byte: number, what: string): Promise<void> {
    if (await this.#peek() !== byte) throw this.#fault(`${what} is missing`);
    this.#window.at++;
  }

  async #peek(): Promise<number> {
    const byte = await this.#peekOrEnd();
    if (byte === undefined) throw this.#fault("the data ends too early");
    return byte;
  }

  /** The next byte that is no white space. */
  async #peekOrEnd(): Promise<number | undefined> {
    const window = this.#window;
    for (;;) {
      while (window.at < window.end) {
        const byte = window.bytes[window.at]!;
        if (!isSpace(byte)) return byte;
        window.at++;
      }
      if (!await window.more(window.at)) return undefined;
    }
  }

  async #skipByteOrderMark(): Promise<void> {
    const window = this.#window;
    while (window.end < 3 && await window.more(0));
    const [first, second, third] = window.bytes;
    if (first === 0xef && second === 0xbb && third === 0xbf) window.at = 3;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
      throw this.#fault("it is UTF-16, and UTF-8 is wanted");
    }
  }

  #fault(why: string): ComfydockError {
    const offset = this.#window.base + this.#window.at;
    const place = `${this.#path} (byte ${offset})`;
    return new ComfydockError(
      baseErrors.DATA_INVALID,
      `Cannot read "${this.#name}" as JSON at ${place}: ${why}`,
      { details: { name: this.#name, path: this.#path, offset } },
    );
  }
}
