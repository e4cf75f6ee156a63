import { crc32 } from "node:zlib";
import { isSqueezable, squeezePart } from "./squeeze.ts";

/** The largest stored block, in bytes. */
const LARGEST_BLOCK = 0xffff;
/** Deflate, no flags, no time, no system (RFC 1952, section 2.3). */
const START = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** An empty stored block that is the last. */
const END = Uint8Array.of(1, 0, 0, 0xff, 0xff);

/**
 * Packs pieces as one gzip member in which each piece that hardly gets smaller stays as it is, so that pictures cost no
 * time.
 *
 * @param pieces Bytes; each is tried on its own, so that large ones should come whole.
 */
export async function* quickGzip(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield START;
  let sum = 0;
  let size = 0;
  for await (const bytes of pieces) {
    sum = crc32(bytes, sum);
    size += bytes.length;
    if (isSqueezable(bytes)) yield squeezePart(bytes);
    else yield* storedBlocks(bytes);
  }
  yield END;
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, sum, true);
  tail.setUint32(4, size % 2 ** 32, true);
  yield new Uint8Array(tail.buffer);
}

function* storedBlocks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += LARGEST_BLOCK) {
    const block = bytes.subarray(at, at + LARGEST_BLOCK);
    const { length } = block;
    yield Uint8Array.of(0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
    yield block;
  }
}
