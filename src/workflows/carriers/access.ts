import type { RandomAccess } from "./types.ts";

/** Bytes in memory as something to read from. */
export function inMemory(bytes: Uint8Array<ArrayBuffer>): RandomAccess {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** An open file as something to read from. */
export function inFile(file: Deno.FsFile): RandomAccess {
  return {
    size: file.statSync().size,
    read(offset, length) {
      file.seekSync(offset, Deno.SeekMode.Start);
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const count = file.readSync(bytes.subarray(filled));
        if (count === null) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
  };
}
