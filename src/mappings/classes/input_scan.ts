import { compareNames, insertSorted } from "./input_order.ts";
import { COMBO_TYPE, type Inputs, MAX_INPUTS, NO_TYPE, readGroups, Slot } from "./input_slots.ts";
import { skipSpace } from "./json_walk.ts";
import { shortSha1 } from "../sha1.ts";

const COMBO = new TextEncoder().encode("COMBO");
const NO_INPUTS = "_";
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
// What follows a backslash and what it stands for; `\u` is left to the usual way.
const UNESCAPED = new Map([...'""\\\\//b\bf\fn\nr\rt\t'.matchAll(/([^])([^])/g)].map(
  ([, escape, text]) => [escape!.charCodeAt(0), text!.charCodeAt(0)],
));

/**
 * Reads signatures straight from JSON bytes.
 *
 * Nearly every class has input names of its own, and for each such shape a parser builds a new kind of object, which
 * takes ten times as long as this. It answers for usual texts only; `signatureOf` answers for all.
 */
export class InputScanner {
  readonly #inputs: Inputs = new Int32Array(MAX_INPUTS * Slot.size);
  readonly #order = new Int32Array(MAX_INPUTS);
  #plain: Uint8Array = new Uint8Array(1 << 12);
  #canonical: Uint8Array = new Uint8Array(1 << 12);

  /**
   * The signature of `INPUT_TYPES` in JSON, or in JSON within a JSON text as the registry sends it.
   *
   * @returns Nothing when the text is not a usual one.
   */
  signatureOf(bytes: Uint8Array, start: number, end: number): string | undefined {
    if (bytes[start] !== QUOTE) return this.#read(bytes, start, end);
    const length = this.#unescape(bytes, start + 1, end - 1);
    return length < 0 ? undefined : this.#read(this.#plain, 0, length);
  }

  #read(bytes: Uint8Array, start: number, end: number): string | undefined {
    const reading = { inputs: this.#inputs, count: 0 };
    const after = readGroups(bytes, skipSpace(bytes, start, end), end, reading);
    if (after < 0 || skipSpace(bytes, after, end) < end) return undefined;
    return reading.count === 0 ? NO_INPUTS : this.#hash(bytes, reading.count);
  }

  #hash(bytes: Uint8Array, count: number): string | undefined {
    const inputs = this.#inputs;
    const order = this.#order;
    for (let index = 0; index < count; index++) insertSorted(bytes, inputs, order, index);
    let length = 0;
    for (let index = 0; index < count; index++) {
      const input = order[index]!;
      const next = index + 1 < count ? order[index + 1]! : -1;
      if (next >= 0 && compareNames(bytes, inputs, input, next) === 0) {
        if (inputs[input + Slot.optional] === inputs[next + Slot.optional]) return undefined;
        // The optional input of that name wins, unless it has no type.
        if (inputs[next + Slot.typeStart] !== NO_TYPE) continue;
      }
      if (inputs[input + Slot.typeStart] !== NO_TYPE) length = this.#append(length, bytes, input);
    }
    return length === 0 ? NO_INPUTS : shortSha1(this.#canonical, length);
  }

  #append(length: number, bytes: Uint8Array, input: number): number {
    const inputs = this.#inputs;
    const nameStart = inputs[input + Slot.nameStart]!;
    const nameEnd = inputs[input + Slot.nameEnd]!;
    const typeStart = inputs[input + Slot.typeStart]!;
    const [from, start, end] = typeStart === COMBO_TYPE
      ? [COMBO, 0, COMBO.length]
      : [bytes, typeStart, inputs[input + Slot.typeEnd]!];
    const needed = length + nameEnd - nameStart + end - start + 2;
    if (needed > this.#canonical.length) this.#canonical = enlarged(this.#canonical, needed);
    const canonical = this.#canonical;
    let at = length;
    if (at > 0) canonical[at++] = 0x7c; // |
    for (let index = nameStart; index < nameEnd; index++) canonical[at++] = bytes[index]!;
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

function enlarged(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length * 2);
  larger.set(bytes);
  return larger;
}
