const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MAX_DEPTH = 100;

/** What a walk answers where the bytes end too early or are no JSON. */
export const FAILED = -1;

/** Tells whether an answer of `nextMember` means that the object or list has ended. */
export function isClosed(member: number): boolean {
  return member < FAILED;
}

/** The offset after the object or list, from an answer for which `isClosed` is true. */
export function afterClose(member: number): number {
  return -2 - member;
}

/** The closing brackets. */
export const Close = { object: CLOSE_OBJECT, list: CLOSE_LIST } as const;

/** True when an object begins at `at`. */
export function isObjectAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === OPEN_OBJECT;
}

/** True when a list begins at `at`. */
export function isListAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === OPEN_LIST;
}

/** True when a text begins at `at`. */
export function isTextAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === QUOTE;
}

/**
 * The offset of the next key of an object, or of the next element of a list.
 *
 * The functions of this file walk over JSON bytes and check them on the way. They take what `JSON.parse` takes and, as
 * Python does, `NaN` and `Infinity`. They work on offsets alone, because nothing else is fast enough for a whole cache.
 *
 * @param at After the opening bracket, or after the member before.
 * @param end Where the known bytes end.
 * @param close The closing bracket, see `Close`.
 * @param first True right after the opening bracket.
 * @returns `FAILED`, or an answer for `isClosed`.
 */
export function nextMember(
  bytes: Uint8Array,
  at: number,
  end: number,
  close: number,
  first: boolean,
): number {
  at = skipSpace(bytes, at, end);
  if (at >= end) return FAILED;
  const byte = bytes[at]!;
  if (byte === close) return -3 - at;
  if (first) return at;
  if (byte !== COMMA) return FAILED;
  at = skipSpace(bytes, at + 1, end);
  return at >= end || bytes[at] === close ? FAILED : at;
}

/** The offset of the value that follows a key ending at `at`. */
export function afterColon(bytes: Uint8Array, at: number, end: number): number {
  at = skipSpace(bytes, at, end);
  if (at >= end || bytes[at] !== COLON) return FAILED;
  at = skipSpace(bytes, at + 1, end);
  return at < end ? at : FAILED;
}

/** The offset after a text that begins at `at`. */
export function skipText(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at++] !== QUOTE) return FAILED;
  for (;;) {
    while (at < end && SPECIAL[bytes[at]!] === 0) at++;
    if (at >= end) return FAILED;
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH || at + 1 >= end) return FAILED;
    const length = ESCAPES[bytes[at + 1]!]!;
    if (length === 0 || (length === 6 && !isHex(bytes, at + 2, end))) return FAILED;
    at += length;
  }
}

/** The offset after a value of any kind that begins at `at`. */
export function skipValue(bytes: Uint8Array, at: number, end: number, depth: number = 0): number {
  const opening = bytes[at];
  if (opening === QUOTE) return skipText(bytes, at, end);
  if (opening !== OPEN_OBJECT && opening !== OPEN_LIST) return skipBare(bytes, at, end);
  if (depth >= MAX_DEPTH) return FAILED;
  const isObject = opening === OPEN_OBJECT;
  at++;
  for (let first = true;; first = false) {
    at = nextMember(bytes, at, end, isObject ? CLOSE_OBJECT : CLOSE_LIST, first);
    if (at < FAILED) return afterClose(at);
    if (isObject && at >= 0) {
      at = skipText(bytes, at, end);
      if (at >= 0) at = afterColon(bytes, at, end);
    }
    if (at >= 0) at = skipValue(bytes, at, end, depth + 1);
    if (at < 0) return FAILED;
  }
}

/** The offset of the first byte from `at` on that is no white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at]!;
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break;
    at++;
  }
  return at;
}

/** True when the bytes from `start` to `end` are these. */
export function isSame(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== word[at - start]) return false;
  return true;
}

/** True when there is an escape between `start` and `end`. */
export function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

/** The offset after a number or a word. */
function skipBare(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && BARE[bytes[at]!] === 1) at++;
  // At the end of the bytes the rest of the value may be missing.
  return at < end && isBareValue(bytes, start, at) ? at : FAILED;
}

/** 1 for the bytes that a text cannot simply go over: quote, backslash and control characters. */
const SPECIAL = new Uint8Array(256).fill(1, 0, 0x20);
SPECIAL[QUOTE] = 1;
SPECIAL[BACKSLASH] = 1;

/** How many bytes an escape has, by the byte after its backslash; 0 where there is no such escape. */
const ESCAPES = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 2;
ESCAPES[0x75] = 6; // u and four hex digits

/** 1 for what numbers and words are made of. */
const BARE = new Uint8Array(256);
for (const letter of "0123456789+-.abcdefghijklmnopqrstuvwxyzEIN") BARE[letter.charCodeAt(0)] = 1;

const encoder = new TextEncoder();
const TRUE = encoder.encode("true");
const FALSE = encoder.encode("false");
const NULL = encoder.encode("null");
const NON_FINITE = ["NaN", "Infinity", "-Infinity"].map((word) => encoder.encode(word));

function isBareValue(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first === FALSE[0]) return isSame(bytes, start, end, FALSE);
  if (first === TRUE[0]) return isSame(bytes, start, end, TRUE);
  if (first === NULL[0]) return isSame(bytes, start, end, NULL);
  return isNumber(bytes, start, end) || NON_FINITE.some((word) => isSame(bytes, start, end, word));
}

/** Checks `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const whole = bytes[start] === MINUS ? start + 1 : start;
  let at = skipDigits(bytes, whole, end);
  if (at === whole || (bytes[whole] === ZERO && at - whole > 1)) return false;
  if (at < end && bytes[at] === POINT) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction, end);
    if (at === fraction) return false;
  }
  if (at < end && (bytes[at]! | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    const exponent = at + (sign === PLUS || sign === MINUS ? 2 : 1);
    at = skipDigits(bytes, exponent, end);
    if (at <= exponent) return false;
  }
  return at === end;
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isDigit(bytes[at]!)) at++;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end) return false;
  for (let digit = at; digit < at + 4; digit++) {
    const letter = bytes[digit]! | 0x20;
    if (!(isDigit(bytes[digit]!) || (letter >= 0x61 && letter <= 0x66))) return false;
  }
  return true;
}
