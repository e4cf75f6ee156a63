import { openAtomic } from "./files.ts";
import { throwIfAborted } from "./signals.ts";

/** Text or bytes in pieces, cut anywhere. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Pieces are joined to about this size, because each passage through a stream costs the same. */
const CHUNK_BYTES = 1 << 20;

/**
 * Writes a file from pieces with flat memory, packed as its name says: `.gz`, `.zst`, or plain.
 *
 * Packed headers carry no time and no name, so equal content gives equal bytes. The file appears when it is whole.
 *
 * @returns How many bytes the file has.
 * @throws What the pieces throw; `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writePacked(
  path: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<number> {
  const file = await openAtomic(path);
  let written = 0;
  try {
    for await (const chunk of await packed(path, pieces)) {
      throwIfAborted(signal);
      file.write(chunk);
      written += chunk.length;
    }
    file.commit();
    return written;
  } catch (error) {
    file.abandon();
    throw error;
  }
}

async function packed(path: string, pieces: Pieces): Promise<AsyncIterable<Uint8Array>> {
  const isPacked = path.endsWith(".gz") || path.endsWith(".zst");
  const plain = joined(pieces, isPacked);
  if (path.endsWith(".gz")) {
    return ReadableStream.from(plain).pipeThrough(new CompressionStream("gzip"));
  }
  if (!path.endsWith(".zst")) return plain;
  // Loaded only here, because every command starts by loading this room.
  const [{ Duplex }, { createZstdCompress }] = await Promise.all([
    import("node:stream"),
    import("node:zlib"),
  ]);
  return Duplex.from(plain).compose(createZstdCompress());
}

/** Joins pieces to chunks; a stream keeps the chunks it is given, so that each then needs memory of its own. */
async function* joined(pieces: Pieces, kept: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === "string" ? encoder.encode(piece) : piece;
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + buffer.length - filled);
      buffer.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < buffer.length) continue;
      yield buffer;
      if (kept) buffer = new Uint8Array(CHUNK_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
