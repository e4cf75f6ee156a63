import { type AtomicFile, openAtomic } from "./files.ts";
import { throwIfAborted } from "./signals.ts";

/** Text or bytes in pieces, cut anywhere. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** How a file is packed; by default its name says it: `.gz`, `.zst`, or plain. */
export type Packing = "gzip" | "zstd" | "plain";

/** How {@linkcode writePacked} works, and who sees what goes by. */
export interface PackedOptions {
  readonly packing?: Packing;
  readonly signal?: AbortSignal;
  /** Whether the disk has it all before the file appears; by default it has. */
  readonly flush?: boolean;
  /** Sees the bytes before they are packed; they must not be kept, because their memory is used again. */
  readonly onContent?: (bytes: Uint8Array) => void;
  /** Sees the bytes as they are written. */
  readonly onPacked?: (bytes: Uint8Array) => void;
}

/** Pieces are joined to about this size, because each passage through a stream costs the same. */
const CHUNK_BYTES = 1 << 20;
/** What goes to the disk as it is: systems take larger writes into memory that they have to find first. */
const PLAIN_BYTES = 1 << 18;

/**
 * Writes a file from pieces with flat memory, packed as its name or the options say.
 *
 * Packed headers carry no time and no name, so equal content gives equal bytes. The file appears when it is whole.
 *
 * @returns How many bytes the file has.
 * @throws What the pieces throw; `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writePacked(
  path: string,
  pieces: Pieces,
  { packing = packingOf(path), signal, flush, onContent, onPacked }: PackedOptions = {},
): Promise<number> {
  const file = await openAtomic(path);
  let written = 0;
  // What large files are made of is written while the next chunk is made; small ones are not worth another thread.
  let writing: Promise<void> | undefined;
  try {
    const content = joined(pieces, packing !== "plain", onContent);
    for await (const chunk of await packed(content, packing)) {
      throwIfAborted(signal);
      onPacked?.(chunk);
      await writing;
      writing = undefined;
      if (chunk.length < PLAIN_BYTES) file.write(chunk);
      else writing = aside(file, chunk);
      written += chunk.length;
    }
    await writing;
    file.commit({ flush });
    return written;
  } catch (error) {
    await writing?.catch(() => {});
    file.abandon();
    throw error;
  }
}

function aside(file: AtomicFile, chunk: Uint8Array): Promise<void> {
  const writing = file.writeAside(chunk);
  // Told when the next chunk comes; until then it must not count as forgotten.
  writing.catch(() => {});
  return writing;
}

function packingOf(path: string): Packing {
  return path.endsWith(".gz") ? "gzip" : path.endsWith(".zst") ? "zstd" : "plain";
}

async function packed(
  plain: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  packing: Packing,
): Promise<AsyncIterable<Uint8Array>> {
  if (packing === "gzip") {
    return ReadableStream.from(plain).pipeThrough(new CompressionStream("gzip"));
  }
  if (packing === "plain") return plain;
  // Loaded only here, because every command starts by loading this room.
  const [{ Duplex }, { createZstdCompress }] = await Promise.all([
    import("node:stream"),
    import("node:zlib"),
  ]);
  return Duplex.from(plain).compose(createZstdCompress({ chunkSize: CHUNK_BYTES }));
}

/** Joins pieces to chunks; a stream keeps the chunks it is given, so that each then needs memory of its own. */
async function* joined(
  pieces: Pieces,
  kept: boolean,
  onContent?: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const size = kept ? CHUNK_BYTES : PLAIN_BYTES;
  let buffer = new Uint8Array(size);
  // The one is filled while the other is written.
  let other = kept ? buffer : new Uint8Array(size);
  let filled = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === "string" ? encoder.encode(piece) : piece;
    onContent?.(bytes);
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + buffer.length - filled);
      buffer.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < buffer.length) continue;
      yield buffer;
      if (kept) buffer = new Uint8Array(size);
      else [buffer, other] = [other, buffer];
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
