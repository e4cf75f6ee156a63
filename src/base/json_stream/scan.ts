/** Bytes that JSON is made of. */
export const Byte = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  backslash: 0x5c,
  openList: 0x5b,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

/** Where the walk over one value stands; it can stop at any byte and go on with the next. */
export interface ValueScan {
  /** Offset of the next byte. */
  at: number;
  /** Brackets open at `at`. */
  depth: number;
  /** Most brackets that were open at once. */
  deepest: number;
  /** True inside a text. */
  inText: boolean;
  /** True when the next byte follows a backslash. */
  escaped: boolean;
  /** True for a value that has no brackets or quotes of its own: a number or a word. */
  bare: boolean;
}

/** Tells whether a byte is white space between JSON tokens. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Starts the walk over a value whose first byte is at `at`. */
export function startScan(bytes: Uint8Array, at: number): ValueScan {
  const first = bytes[at]!;
  const bare = first !== Byte.quote && first !== Byte.openList && first !== Byte.openObject;
  return { at, depth: 0, deepest: 0, inText: false, escaped: false, bare };
}

/**
 * Walks to the end of one value by its quotes and brackets alone, so that a value with any other fault can be skipped.
 *
 * @param bytes Holds the value from `scan.at` on, perhaps not to its end.
 * @param end Where the known bytes end.
 * @param scan The walk; it is moved on.
 * @returns True when the value is complete; `scan.at` is then the offset after it.
 */
export function scanValue(bytes: Uint8Array, end: number, scan: ValueScan): boolean {
  if (scan.bare) return scanBare(bytes, end, scan);
  let { at, depth, deepest, inText } = scan;
  let complete = false;
  if (scan.escaped && at < end) {
    scan.escaped = false;
    at++;
  }
  while (at < end) {
    if (inText) {
      let byte = 0;
      while (at < end && (byte = bytes[at]!) !== Byte.quote && byte !== Byte.backslash) at++;
      if (at >= end) break;
      at++;
      if (byte === Byte.backslash) {
        if (at < end) at++;
        else scan.escaped = true;
        continue;
      }
      inText = false;
      if (depth > 0) continue;
      complete = true;
      break;
    }
    const byte = bytes[at++]!;
    if (byte === Byte.quote) {
      inText = true;
      continue;
    }
    // `[` and `{` differ in this bit only, and so do `]` and `}`.
    const bracket = byte | 0x20;
    if (bracket === Byte.openObject) {
      if (++depth > deepest) deepest = depth;
    } else if (bracket === Byte.closeObject && --depth <= 0) {
      complete = true;
      break;
    }
  }
  scan.at = at;
  scan.depth = depth;
  scan.deepest = deepest;
  scan.inText = inText;
  return complete;
}

function scanBare(bytes: Uint8Array, end: number, scan: ValueScan): boolean {
  for (; scan.at < end; scan.at++) {
    const byte = bytes[scan.at]!;
    const closing = byte === Byte.comma || byte === Byte.closeList || byte === Byte.closeObject;
    if (closing || isSpace(byte)) return true;
  }
  return false;
}
