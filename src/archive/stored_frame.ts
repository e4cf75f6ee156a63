/** The largest block of a frame, in bytes; also its window. */
const LARGEST_BLOCK = 128 * 1024;

/**
 * Wraps bytes into a Zstandard frame without compressing them, so that writing keeps up with any disk.
 *
 * Format: RFC 8878, section 3.1: magic number, a descriptor without flags, a window of 128 KiB, raw blocks, and an empty
 * last one.
 *
 * @param pieces Bytes, cut anywhere.
 */
export async function* storedFrame(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, (17 - 10) << 3);
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
