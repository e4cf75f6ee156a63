import { invalidArchive } from "./faults.ts";

/** The largest block of a frame, in bytes. */
const LARGEST_BLOCK = 128 * 1024;
/**
 * Magic number, a descriptor without flags, and a window of 144 KiB, which compressors do not ask for: it tells that all
 * blocks are raw.
 */
const START = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, (17 - 10) << 3 | 1);
const BLOCK_HEADER = 3;

/**
 * Wraps bytes into a Zstandard frame without compressing them, so that writing keeps up with any disk.
 *
 * Format: RFC 8878, section 3.1: a header, raw blocks, and an empty last one.
 *
 * @param pieces Bytes, cut anywhere.
 */
export async function* storedFrame(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield START;
  for await (const bytes of pieces) {
    for (let at = 0; at < bytes.length; at += LARGEST_BLOCK) {
      const block = bytes.subarray(at, at + LARGEST_BLOCK);
      yield blockHeader(block.length, false);
      yield block;
    }
  }
  yield blockHeader(0, true);
}

function blockHeader(size: number, last: boolean): Uint8Array {
  const word = size << 3 | Number(last);
  return Uint8Array.of(word & 0xff, word >> 8 & 0xff, word >> 16);
}

/** Whether a file begins as {@linkcode storedFrame} writes it. */
export function isStoredFrame(head: Uint8Array): boolean {
  return START.every((byte, at) => head[at] === byte);
}

/**
 * Takes the bytes out of such a frame, without a decompressor and the memory that it holds.
 *
 * @param pieces The bytes of a file, cut anywhere.
 * @throws `ARCHIVE_INVALID`
 */
export async function* unwrapStored(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let header: number[] = [];
  let skip = START.length;
  let left = 0;
  let ended = false;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      if (ended) throw invalidArchive("something follows its end");
      if (skip > 0) {
        const count = Math.min(skip, piece.length - at);
        skip -= count;
        at += count;
      } else if (left > 0) {
        const part = piece.subarray(at, at + left);
        yield part;
        left -= part.length;
        at += part.length;
      } else {
        header.push(piece[at++]!);
        if (header.length < BLOCK_HEADER) continue;
        const word = header[0]! | header[1]! << 8 | header[2]! << 16;
        header = [];
        left = word >> 3;
        ended = (word & 1) === 1;
        if ((word >> 1 & 3) !== 0 || left > LARGEST_BLOCK || (ended && left > 0)) {
          throw invalidArchive("it is damaged");
        }
      }
    }
  }
  if (!ended) throw invalidArchive("its end is missing");
}
