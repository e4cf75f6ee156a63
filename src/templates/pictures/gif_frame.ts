import type { Pixels } from "./types.ts";

/** A table of 256 colours has 768 bytes. */
const COLOUR_BYTES = 3;
/** Codes have at most 12 bits. */
const MOST_CODES = 4096;
const EXTENSION = 0x21;
const IMAGE = 0x2c;

/**
 * Decodes the first picture of a GIF file; what is missing of one that is cut off stays transparent.
 *
 * Format: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 *
 * @param mostPixels The largest picture accepted.
 * @returns Nothing where there is no picture of that size.
 */
export function decodeGif(file: Uint8Array, mostPixels: number): Pixels | undefined {
  if (file.length < 13) return undefined;
  let at = 13 + tableBytes(file[10]!);
  const global = file.subarray(13, at);
  let transparent = -1;
  while (file[at] === EXTENSION) {
    // The graphic control extension of a picture names its transparent colour.
    if (file[at + 1] === 0xf9 && (file[at + 3]! & 1) === 1) transparent = file[at + 6]!;
    at = blocksIn(file, at + 2).end;
  }
  if (file[at] !== IMAGE || at + 11 > file.length) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = [view.getUint16(at + 5, true), view.getUint16(at + 7, true)];
  if (width * height === 0 || width * height > mostPixels) return undefined;
  const flags = file[at + 9]!;
  const start = at + 10 + tableBytes(flags);
  const colours = (flags & 0x80) === 0 ? global : file.subarray(at + 10, start);
  const indexes = decompress(blocksIn(file, start + 1).bytes, file[start] ?? 0, width * height);
  const data = new Uint8Array(width * height * 4);
  const rows = (flags & 0x40) === 0 ? undefined : interlacedRows(height);
  for (const [position, index] of indexes.entries()) {
    const row = Math.floor(position / width);
    const target = ((rows?.[row] ?? row) * width + position % width) * 4;
    if (index === transparent) continue;
    data.set(colours.subarray(index * COLOUR_BYTES, (index + 1) * COLOUR_BYTES), target);
    data[target + 3] = 255;
  }
  return { width, height, data };
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : COLOUR_BYTES << (flags & 7) + 1;
}

/** Joins the blocks that begin at a place, each after its length, up to an empty one. */
function blocksIn(
  file: Uint8Array,
  start: number,
): { readonly bytes: Uint8Array; readonly end: number } {
  const parts: Uint8Array[] = [];
  let at = start;
  for (let length = file[at] ?? 0; length > 0; length = file[at] ?? 0) {
    parts.push(file.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let written = 0;
  for (const part of parts) {
    bytes.set(part, written);
    written += part.length;
  }
  return { bytes, end: at + 1 };
}

/** Undoes the LZW compression of appendix F. */
function decompress(bytes: Uint8Array, leastBits: number, count: number): Uint8Array {
  const clear = 1 << leastBits;
  if (leastBits < 1 || leastBits > 8) return new Uint8Array();
  const prefixes = new Uint16Array(MOST_CODES);
  const suffixes = new Uint8Array(MOST_CODES);
  const lengths = new Uint16Array(MOST_CODES);
  for (let code = 0; code < clear; code++) suffixes[code] = code, lengths[code] = 1;
  const out = new Uint8Array(count);
  let [written, next, width, last, held, bits] = [0, clear + 2, leastBits + 1, -1, 0, 0];
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    while (bits >= width && written < count) {
      const code = held & (1 << width) - 1;
      held >>>= width;
      bits -= width;
      if (code === clear) {
        [next, width, last] = [clear + 2, leastBits + 1, -1];
        continue;
      }
      const known = code < next && code !== clear + 1;
      if (code === clear + 1 || code > next || !known && last < 0) return out.subarray(0, written);
      const length = known ? lengths[code]! : lengths[last]! + 1;
      // Words are found from their ends; one that does not exist yet repeats its first letter.
      let at = written + length - 1;
      let word = code;
      if (!known) at--, word = last;
      for (; word >= clear + 2; word = prefixes[word]!) {
        if (at < count) out[at] = suffixes[word]!;
        at--;
      }
      const first = suffixes[word]!;
      if (at < count) out[at] = first;
      if (!known && written + length <= count) out[written + length - 1] = first;
      written = Math.min(count, written + length);
      if (last >= 0 && next < MOST_CODES) {
        prefixes[next] = last;
        suffixes[next] = first;
        lengths[next] = lengths[last]! + 1;
        next++;
        if (next === 1 << width && width < 12) width++;
      }
      last = code;
    }
    if (written >= count) break;
  }
  return out.subarray(0, written);
}

/** Where the rows of an interlaced picture belong, in the order of the file (appendix E). */
function interlacedRows(height: number): readonly number[] {
  const passes = [[0, 8], [4, 8], [2, 4], [1, 2]] as const;
  return passes.flatMap(([first, step]) =>
    Array.from(
      { length: Math.max(0, Math.ceil((height - first) / step)) },
      (_, at) => first + at * step,
    )
  );
}
