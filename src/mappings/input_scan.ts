import { createHash } from "node:crypto";
import { JsonCursor } from "./json_cursor.ts";

const encoder = new TextEncoder();
const REQUIRED = encoder.encode("required");
const OPTIONAL = encoder.encode("optional");
const COMBO = encoder.encode("COMBO");
const NO_INPUTS = "_";
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
// More inputs than this are sorted better by the usual way.
const MAX_INPUTS = 64;
// What follows a backslash and what it stands for; `\u` is left to the usual way.
const UNESCAPED = new Map([...'""\\\\//b\bf\fn\nr\rt\t'.matchAll(/([^])([^])/g)].map(
  ([, escape, text]) => [escape!.charCodeAt(0), text!.charCodeAt(0)],
));

/** An input, its name and its type as places in the scanned bytes. */
interface Input {
  readonly start: number;
  readonly end: number;
  readonly optional: boolean;
  readonly type: TypePlace;
}

type TypePlace = "none" | "COMBO" | { readonly start: number; readonly end: number };

/**
 * Reads signatures straight from JSON bytes.
 *
 * Nearly every class has input names of its own, and for each such shape a parser builds a new kind of object, which
 * takes ten times as long as this. It answers for usual texts only; `signatureOf` answers for all.
 */
export class InputScanner {
  readonly #cursor = new JsonCursor();
  #plain = new Uint8Array(1 << 12);
  #canonical = new Uint8Array(1 << 12);

  /**
   * The signature of `INPUT_TYPES` in JSON, or in JSON within a JSON text as the registry sends it.
   *
   * @returns Nothing when the text is not a usual one.
   */
  signatureOf(bytes: Uint8Array, start: number, end: number): string | undefined {
    const cursor = this.#cursor;
    if (bytes[start] === QUOTE) {
      const length = this.#unescape(bytes, start + 1, end - 1);
      if (length < 0) return undefined;
      cursor.open(this.#plain, 0, length);
    } else {
      cursor.open(bytes, start, end);
    }
    const inputs = this.#inputs();
    if (inputs === undefined || !cursor.isAtEnd()) return undefined;
    return inputs.length === 0 ? NO_INPUTS : this.#hash(inputs);
  }

  #inputs(): Input[] | undefined {
    const cursor = this.#cursor;
    const inputs: Input[] = [];
    let groups = 0;
    if (!cursor.enterObject()) return undefined;
    for (let first = true; cursor.nextField(first); first = false) {
      if (cursor.isEscapedKey()) return undefined;
      const optional = cursor.isKey(OPTIONAL);
      if (!optional && !cursor.isKey(REQUIRED)) {
        cursor.skip();
        continue;
      }
      // A repeated group replaces the one before it.
      const bit = optional ? 2 : 1;
      if (groups & bit) return undefined;
      groups |= bit;
      if (cursor.isObject()) this.#group(optional, inputs);
      else cursor.skip();
    }
    return cursor.failed || inputs.length > MAX_INPUTS ? undefined : inputs;
  }

  #group(optional: boolean, inputs: Input[]): void {
    const cursor = this.#cursor;
    cursor.enterObject();
    for (let first = true; cursor.nextField(first); first = false) {
      if (cursor.isEscapedKey()) cursor.failed = true;
      const { keyStart: start, keyEnd: end } = cursor;
      inputs.push({ start, end, optional, type: this.#type() });
    }
  }

  #type(): TypePlace {
    const cursor = this.#cursor;
    if (cursor.isText()) return this.#text();
    if (!cursor.isList()) {
      cursor.skip();
      return "none";
    }
    cursor.enterList();
    let type: TypePlace = "none";
    for (let first = true; cursor.nextElement(first); first = false) {
      if (!first) cursor.skip();
      else if (cursor.isText()) type = this.#text();
      else {
        if (cursor.isList()) type = "COMBO";
        cursor.skip();
      }
    }
    return type;
  }

  #text(): TypePlace {
    const cursor = this.#cursor;
    const start = cursor.at + 1;
    cursor.skip();
    const end = cursor.at - 1;
    for (let at = start; at < end; at++) if (cursor.bytes[at] === BACKSLASH) cursor.failed = true;
    return { start, end };
  }

  #hash(inputs: Input[]): string | undefined {
    const { bytes } = this.#cursor;
    // The order of UTF-8 bytes is the order of code points.
    inputs.sort((a, b) => compareSlices(bytes, a, b) || Number(a.optional) - Number(b.optional));
    let length = 0;
    for (let index = 0; index < inputs.length; index++) {
      const input = inputs[index]!;
      const next = inputs[index + 1];
      if (next && compareSlices(bytes, input, next) === 0) {
        if (input.optional === next.optional) return undefined;
        // The optional input of that name wins, unless it has no type.
        if (next.type !== "none") continue;
      }
      if (input.type !== "none") length = this.#append(length, input, input.type);
    }
    if (length === 0) return NO_INPUTS;
    const canonical = this.#canonical.subarray(0, length);
    return createHash("sha1").update(canonical).digest("hex").slice(0, 8);
  }

  #append(length: number, name: Input, type: Exclude<TypePlace, "none">): number {
    const { bytes } = this.#cursor;
    const [from, start, end] = type === "COMBO"
      ? [COMBO, 0, COMBO.length]
      : [bytes, type.start, type.end];
    const needed = length + name.end - name.start + end - start + 2;
    if (needed > this.#canonical.length) this.#canonical = enlarged(this.#canonical, needed);
    const canonical = this.#canonical;
    let at = length;
    if (at > 0) canonical[at++] = 0x7c; // |
    for (let index = name.start; index < name.end; index++) canonical[at++] = bytes[index]!;
    canonical[at++] = 0x3a; // :
    for (let index = start; index < end; index++) canonical[at++] = from[index]!;
    return at;
  }

  /** Takes the escapes out of a JSON text; the length of the result, or -1. */
  #unescape(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > this.#plain.length) this.#plain = enlarged(this.#plain, end - start);
    const plain = this.#plain;
    let length = 0;
    for (let at = start; at < end; at++) {
      let byte = bytes[at]!;
      if (byte === BACKSLASH) {
        const next = bytes[++at]!;
        byte = next === QUOTE ? QUOTE : UNESCAPED.get(next) ?? -1;
        if (byte < 0) return -1;
      }
      plain[length++] = byte;
    }
    return length;
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length * 2);
  larger.set(bytes);
  return larger;
}

function compareSlices(bytes: Uint8Array, a: Input, b: Input): number {
  const length = Math.min(a.end - a.start, b.end - b.start);
  for (let index = 0; index < length; index++) {
    const order = bytes[a.start + index]! - bytes[b.start + index]!;
    if (order !== 0) return order;
  }
  return (a.end - a.start) - (b.end - b.start);
}
