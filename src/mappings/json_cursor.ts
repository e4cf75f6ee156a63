const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MAX_DEPTH = 100;

/**
 * Walks over JSON bytes value by value and checks them on the way.
 *
 * It takes what `JSON.parse` takes and, as Python does, `NaN` and `Infinity`. Where the bytes end too early or do not
 * fit, `failed` becomes true and every method answers false.
 */
export class JsonCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** Offset of the next byte. */
  at = 0;
  failed = false;
  /** Where the key of the field begins and ends, without its quotes. */
  keyStart = 0;
  keyEnd = 0;
  #end = 0;

  /** Starts at the value that begins at `start`. */
  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.#end = end;
    this.failed = false;
  }

  /** True when nothing is left but white space. */
  isAtEnd(): boolean {
    this.#skipSpace();
    return this.at === this.#end && !this.failed;
  }

  /** True when the next value is an object. */
  isObject(): boolean {
    return this.bytes[this.at] === OPEN_OBJECT;
  }

  /** True when the next value is a list. */
  isList(): boolean {
    return this.bytes[this.at] === OPEN_LIST;
  }

  /** True when the next value is a text. */
  isText(): boolean {
    return this.bytes[this.at] === QUOTE;
  }

  /** Enters an object; then `nextField` goes from key to key. */
  enterObject(): boolean {
    return this.#take(OPEN_OBJECT);
  }

  /** Enters a list; then `nextElement` goes from element to element. */
  enterList(): boolean {
    return this.#take(OPEN_LIST);
  }

  /**
   * Moves to the value of the next field, or out of the object.
   *
   * @param first True right after `enterObject`.
   * @returns False at the end of the object, and on failure.
   */
  nextField(first: boolean): boolean {
    if (!this.#next(first, CLOSE_OBJECT)) return false;
    this.keyStart = this.at + 1;
    if (!this.#skipText()) return false;
    this.keyEnd = this.at - 1;
    this.#skipSpace();
    return this.#take(COLON);
  }

  /** Moves to the next element, or out of the list; as {@linkcode nextField}. */
  nextElement(first: boolean): boolean {
    return this.#next(first, CLOSE_LIST);
  }

  /** True when the key of the field is this one, given as bytes. */
  isKey(key: Uint8Array): boolean {
    if (this.keyEnd - this.keyStart !== key.length) return false;
    for (let index = 0; index < key.length; index++) {
      if (this.bytes[this.keyStart + index] !== key[index]) return false;
    }
    return true;
  }

  /** True when the key has an escape, so that it may be another than its bytes say. */
  isEscapedKey(): boolean {
    for (let at = this.keyStart; at < this.keyEnd; at++) {
      if (this.bytes[at] === BACKSLASH) return true;
    }
    return false;
  }

  /** Moves over one value of any kind. */
  skip(depth = 0): boolean {
    const first = this.bytes[this.at];
    if (first === QUOTE) return this.#skipText();
    if (first === OPEN_OBJECT) {
      if (depth >= MAX_DEPTH || !this.enterObject()) return this.#fail();
      for (let start = true; this.nextField(start); start = false) {
        if (!this.skip(depth + 1)) return false;
      }
      return !this.failed;
    }
    if (first === OPEN_LIST) {
      if (depth >= MAX_DEPTH || !this.enterList()) return this.#fail();
      for (let start = true; this.nextElement(start); start = false) {
        if (!this.skip(depth + 1)) return false;
      }
      return !this.failed;
    }
    return this.#skipBare();
  }

  #skipText(): boolean {
    const bytes = this.bytes;
    const end = this.#end;
    if (bytes[this.at] !== QUOTE) return this.#fail();
    let at = this.at + 1;
    for (;;) {
      while (at < end && SPECIAL[bytes[at]!] === 0) at++;
      if (at >= end) break;
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (byte !== BACKSLASH) break;
      const length = ESCAPES[bytes[at + 1]!]!;
      if (length === 0 || (length === 6 && !isHex(bytes, at + 2))) break;
      at += length;
    }
    return this.#fail();
  }

  /** Moves over a number or a word. */
  #skipBare(): boolean {
    const start = this.at;
    let at = start;
    while (at < this.#end && isBareByte(this.bytes[at]!)) at++;
    // At the end of the bytes the rest of the value may be missing.
    if (at === this.#end || !isBareValue(this.bytes, start, at)) return this.#fail();
    this.at = at;
    return true;
  }

  #next(first: boolean, close: number): boolean {
    if (this.failed) return false;
    this.#skipSpace();
    if (this.bytes[this.at] === close && this.at < this.#end) {
      this.at++;
      return false;
    }
    return first || this.#take(COMMA);
  }

  #take(byte: number): boolean {
    if (this.at >= this.#end || this.bytes[this.at] !== byte) return this.#fail();
    this.at++;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    const bytes = this.bytes;
    const end = this.#end;
    let at = this.at;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      at++;
    }
    this.at = at;
  }

  #fail(): false {
    this.failed = true;
    return false;
  }
}

/** 1 for the bytes that a text cannot simply go over: quote, backslash and control characters. */
const SPECIAL = new Uint8Array(256).fill(1, 0, 0x20);
SPECIAL[QUOTE] = 1;
SPECIAL[BACKSLASH] = 1;

/** How many bytes an escape has, by the byte after its backslash; 0 where there is no such escape. */
const ESCAPES = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 2;
ESCAPES[0x75] = 6; // \\u and four hex digits

function isHex(bytes: Uint8Array, at: number): boolean {
  for (let digit = at; digit < at + 4; digit++) {
    const byte = bytes[digit]!;
    const letter = byte | 0x20;
    if (!(isDigit(byte) || (letter >= 0x61 && letter <= 0x66))) return false;
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Letters, digits, signs and point: what numbers and words are made of. */
function isBareByte(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x7a) || byte === 0x2d || byte === 0x2e ||
    byte === 0x2b;
}

const [TRUE, FALSE, NULL, ...NON_FINITE] = ["true", "false", "null", "NaN", "Infinity", "-Infinity"]
  .map((word) => new TextEncoder().encode(word));

function isBareValue(bytes: Uint8Array, start: number, end: number): boolean {
  switch (bytes[start]) {
    case 0x66: // f
      return isWord(bytes, start, end, FALSE!);
    case 0x74: // t
      return isWord(bytes, start, end, TRUE!);
    case 0x6e: // n
      return isWord(bytes, start, end, NULL!);
  }
  return isNumber(bytes, start, end) ||
    NON_FINITE.some((word) => isWord(bytes, start, end, word));
}

function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== word[at - start]) return false;
  return true;
}

/** Checks `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const whole = at;
  while (at < end && isDigit(bytes[at]!)) at++;
  if (at === whole || (bytes[whole] === 0x30 && at - whole > 1)) return false;
  if (at < end && bytes[at] === 0x2e) {
    const fraction = ++at;
    while (at < end && isDigit(bytes[at]!)) at++;
    if (at === fraction) return false;
  }
  if (at < end && (bytes[at]! | 0x20) === 0x65) {
    at++;
    if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
    const exponent = at;
    while (at < end && isDigit(bytes[at]!)) at++;
    if (at === exponent) return false;
  }
  return at === end;
}
