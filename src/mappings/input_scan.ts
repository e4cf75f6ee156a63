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

/** An input: the places of its name and of its type. */
interface Input {
  readonly start: number;
  readonly end: number;
  readonly optional: boolean;
  readonly type: TypePlace;
}

/** No type, the type of a nested list, or the place of a text without its quotes. */
type TypePlace = "none" | "COMBO" | { readonly start: number; readonly end: number };

/**
 * Reads signatures straight from JSON bytes.
 *
 * Nearly every class has input names of its own, and for each such shape a parser builds a new kind of object, which
 * takes ten times as long as this. It answers for usual texts only; `signatureOf` answers for all.
 */
export class InputScanner {
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
    const inputs: Input[] = [];
    const after = readGroups(bytes, skipSpace(bytes, start, end), end, inputs);
    if (after < 0 || skipSpace(bytes, after, end) < end || inputs.length > MAX_INPUTS) {
      return undefined;
    }
    return inputs.length === 0 ? NO_INPUTS : this.#hash(bytes, inputs);
  }

  #hash(bytes: Uint8Array, inputs: Input[]): string | undefined {
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
      if (input.type !== "none") length = this.#append(length, bytes, input, input.type);
    }
    if (length === 0) return NO_INPUTS;
    return shortSha1(this.#canonical, length);
  }

  #append(
    length: number,
    bytes: Uint8Array,
    name: Input,
    type: Exclude<TypePlace, "none">,
  ): number {
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

/** Reads the inputs of `required` and `optional`; the offset after the object. */
function readGroups(bytes: Uint8Array, at: number, end: number, inputs: Input[]): number {
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
      ? readGroup(bytes, value, end, optional, inputs)
      : skipValue(bytes, value, end);
    if (at < 0) return FAILED;
  }
}

function readGroup(
  bytes: Uint8Array,
  at: number,
  end: number,
  optional: boolean,
  inputs: Input[],
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
    const type = typeAt(bytes, value, end);
    if (type === undefined) return FAILED;
    inputs.push({ start: start + 1, end: after - 1, optional, type });
  }
}

/** The type of an input whose value has been walked over; nothing when it has an escape. */
function typeAt(bytes: Uint8Array, at: number, end: number): TypePlace | undefined {
  if (isListAt(bytes, at)) {
    at = skipSpace(bytes, at + 1, end);
    if (isListAt(bytes, at)) return "COMBO";
  }
  if (!isTextAt(bytes, at)) return "none";
  const after = skipText(bytes, at, end);
  return hasEscape(bytes, at, after) ? undefined : { start: at + 1, end: after - 1 };
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array {
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
