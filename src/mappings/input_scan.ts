import {
  afterClose,
  afterColon,
  Close,
  FAILED,
  hasEscape,
  isClosed,
  isListAt,
  isObjectAt,
  isSame,
  isTextAt,
  nextMember,
  skipSpace,
  skipText,
  skipValue,
} from "./json_walk.ts";
import { shortSha1 } from "./sha1.ts";

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

/** Where each input's name and type stand, five numbers for one: see `Slot`. */
type Inputs = Int32Array;

/** The numbers of an input: the places of its name and type without quotes, and whether it is optional. */
const Slot = { nameStart: 0, nameEnd: 1, typeStart: 2, typeEnd: 3, optional: 4, size: 5 } as const;

/** Takes the place of `typeStart` for an input without a type, and for a nested list. */
const NO_TYPE = -1;
const COMBO_TYPE = -2;

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

/** The inputs that have been read so far. */
interface Reading {
  readonly inputs: Inputs;
  count: number;
}

/** Reads the inputs of `required` and `optional`; the offset after the object. */
function readGroups(bytes: Uint8Array, at: number, end: number, reading: Reading): number {
  if (!isObjectAt(bytes, at)) return FAILED;
  let groups = 0;
  at++;
  for (let first = true;; first = false) {
    const start = nextMember(bytes, at, end, Close.object, first);
    if (isClosed(start)) return afterClose(start);
    const after = start < 0 ? FAILED : skipText(bytes, start, end);
    if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
    const value = afterColon(bytes, after, end);
    if (value < 0) return FAILED;
    const optional = isSame(bytes, start + 1, after - 1, OPTIONAL);
    const isGroup = optional || isSame(bytes, start + 1, after - 1, REQUIRED);
    // A repeated group replaces the one before it.
    if (isGroup && (groups & (optional ? 2 : 1))) return FAILED;
    if (isGroup) groups |= optional ? 2 : 1;
    at = isGroup && isObjectAt(bytes, value)
      ? readGroup(bytes, value, end, optional, reading)
      : skipValue(bytes, value, end);
    if (at < 0) return FAILED;
  }
}

function readGroup(
  bytes: Uint8Array,
  at: number,
  end: number,
  optional: boolean,
  reading: Reading,
): number {
  at++;
  for (let first = true;; first = false) {
    const start = nextMember(bytes, at, end, Close.object, first);
    if (isClosed(start)) return afterClose(start);
    const after = start < 0 ? FAILED : skipText(bytes, start, end);
    if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
    const value = afterColon(bytes, after, end);
    at = value < 0 ? FAILED : skipValue(bytes, value, end);
    if (at < 0) return FAILED;
    if (reading.count === MAX_INPUTS) return FAILED;
    const slot = reading.count++ * Slot.size;
    reading.inputs[slot + Slot.nameStart] = start + 1;
    reading.inputs[slot + Slot.nameEnd] = after - 1;
    reading.inputs[slot + Slot.optional] = optional ? 1 : 0;
    if (!readType(bytes, value, end, reading.inputs, slot)) return FAILED;
  }
}

/** Reads the type of an input whose value has been walked over; false when it has an escape. */
function readType(
  bytes: Uint8Array,
  at: number,
  end: number,
  inputs: Inputs,
  slot: number,
): boolean {
  inputs[slot + Slot.typeStart] = NO_TYPE;
  if (isListAt(bytes, at)) {
    at = skipSpace(bytes, at + 1, end);
    if (isListAt(bytes, at)) inputs[slot + Slot.typeStart] = COMBO_TYPE;
  }
  if (!isTextAt(bytes, at)) return true;
  const after = skipText(bytes, at, end);
  inputs[slot + Slot.typeStart] = at + 1;
  inputs[slot + Slot.typeEnd] = after - 1;
  return !hasEscape(bytes, at, after);
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length * 2);
  larger.set(bytes);
  return larger;
}

/** Puts the input at `index` among those before it, by name and with the optional one last. */
function insertSorted(bytes: Uint8Array, inputs: Inputs, order: Int32Array, index: number): void {
  const input = index * Slot.size;
  let place = index;
  for (; place > 0; place--) {
    const before = order[place - 1]!;
    const difference = compareNames(bytes, inputs, before, input) ||
      inputs[before + Slot.optional]! - inputs[input + Slot.optional]!;
    if (difference <= 0) break;
    order[place] = before;
  }
  order[place] = input;
}

/** The order of UTF-8 bytes is the order of code points. */
function compareNames(bytes: Uint8Array, inputs: Inputs, a: number, b: number): number {
  const aStart = inputs[a]!;
  const bStart = inputs[b]!;
  const aLength = inputs[a + Slot.nameEnd]! - aStart;
  const bLength = inputs[b + Slot.nameEnd]! - bStart;
  const length = aLength < bLength ? aLength : bLength;
  for (let index = 0; index < length; index++) {
    const difference = bytes[aStart + index]! - bytes[bStart + index]!;
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
