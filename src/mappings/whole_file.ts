import { baseErrors, type ByteSource, ComfydockError, fileError } from "../base/mod.ts";

/** Largest file that is read as a whole, unpacked; today's mappings have about 10 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

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
 * Unpacks gzip bytes that are in memory already, all members of them.
 *
 * @param name What error messages call them.
 * @throws `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function unpackGzip(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { gunzipSync } = await import("node:zlib");
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: MAX_BYTES }));
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(name);
    throw fileError("Cannot unpack", name, error);
  }
}

/** Tells whether bytes are packed with gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
