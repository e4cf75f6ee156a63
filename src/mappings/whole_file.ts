import { baseErrors, type ByteSource, ComfydockError } from "../base/mod.ts";

/** Largest file that is read as a whole, unpacked; today's mappings have about 10 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Reads all bytes of a source, which is closed. */
export async function readWhole(source: ByteSource): Promise<Uint8Array> {
  let bytes = new Uint8Array(1 << 20);
  let length = 0;
  try {
    for (;;) {
      const read = await source.read(bytes.subarray(length));
      if (read === 0) return bytes.subarray(0, length);
      length += read;
      if (length > MAX_BYTES) {
        throw new ComfydockError(
          baseErrors.FILE_TOO_LARGE,
          `Cannot read "${source.name}": more than the ${MAX_BYTES} bytes accepted`,
        );
      }
      if (length === bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
    }
  } finally {
    source.close();
  }
}
