import {
  baseErrors,
  type ByteSource,
  chunkSource,
  ComfydockError,
  fileError,
} from "../base/mod.ts";

/** Largest file that is read as a whole, unpacked; today's mappings have about 10 MB. */
const MAX_BYTES = 512 * 1024 * 1024;
const SLICE_BYTES = 1 << 16;

/**
 * Reads all bytes of a source, which is closed.
 *
 * @param expected How many bytes there may be; a wrong number costs time only.
 * @throws `FILE_TOO_LARGE`, and what the source throws.
 */
export async function readWhole(
  source: ByteSource,
  expected: number = 1 << 20,
): Promise<Uint8Array<ArrayBuffer>> {
  // One byte more shows the end without growing.
  let bytes = new Uint8Array(Math.min(expected, MAX_BYTES) + 1);
  let length = 0;
  try {
    for (;;) {
      const read = await source.read(bytes.subarray(length));
      if (read === 0) return bytes.subarray(0, length);
      length += read;
      if (length > MAX_BYTES) throw tooLarge(source.name);
      if (length < bytes.length) continue;
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
  } finally {
    source.close();
  }
}

function tooLarge(name: string): ComfydockError {
  return new ComfydockError(
    baseErrors.FILE_TOO_LARGE,
    `Cannot read "${name}": more than the ${MAX_BYTES} bytes accepted`,
    { details: { name, maxBytes: MAX_BYTES } },
  );
}

/**
 * Unpacks gzip bytes that are in memory already.
 *
 * The runtime's own stream is there at once; loading the module of `openByteSource` would be felt in every lookup.
 *
 * @param name What error messages call them.
 * @throws `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function unpackGzip(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const stream = ReadableStream.from(slices(bytes)).pipeThrough(new DecompressionStream("gzip"));
    return await readWhole(chunkSource(name, stream), promisedLength(bytes));
  } catch (error) {
    throw fileError("Cannot unpack", name, error);
  }
}

/** What unpacks to far more than it should is noticed slice by slice. */
function* slices(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
}

/** The last four bytes of gzip tell the length (RFC 1952), which is believed within reason. */
function promisedLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const promised = bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true);
  return Math.min(promised, bytes.length * 20);
}

/** Tells whether bytes are packed with gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
