import type { Transform } from "node:stream";
import { fileError } from "../files.ts";
import { refusePipe } from "../pipes.ts";

/** Bytes that are read forward, once, into memory of the reader. */
export interface ByteSource {
  /** What error messages call it: the path of a file. */
  readonly name: string;
  /** Fills the start of `into` and tells how many bytes it wrote; 0 means the end. */
  read(into: Uint8Array): number | Promise<number>;
  /** Frees what the source holds; harmless when repeated. */
  close(): void;
}

const READ_BYTES = 1 << 16;

/**
 * Opens a file for forward reading and unpacks gzip and Zstandard on the way, told by their first bytes.
 *
 * @param path The file, plain, `.gz` or `.zst`.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`; `read` throws the latter for a damaged archive.
 */
export function openByteSource(path: string): ByteSource {
  let file: Deno.FsFile | undefined;
  try {
    refusePipe(path);
    file = Deno.openSync(path);
    const head = new Uint8Array(4);
    const length = file.readSync(head) ?? 0;
    file.seekSync(0, Deno.SeekMode.Start);
    const packing = packingOf(head.subarray(0, length));
    return packing ? unpackedSource(path, file, packing) : plainSource(path, file);
  } catch (error) {
    file?.close();
    throw fileError("Cannot read", path, error);
  }
}

type Packing = "gzip" | "zstd";

function packingOf(head: Uint8Array): Packing | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0x1f && second === 0x8b) return "gzip";
  const zstd = first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;
  return zstd ? "zstd" : undefined;
}

function plainSource(path: string, file: Deno.FsFile): ByteSource {
  let open = true;
  return {
    name: path,
    read(into) {
      try {
        return file.readSync(into) ?? 0;
      } catch (error) {
        throw fileError("Cannot read", path, error);
      }
    },
    close() {
      if (open) file.close();
      open = false;
    },
  };
}

function unpackedSource(path: string, file: Deno.FsFile, packing: Packing): ByteSource {
  const plain = plainSource(path, file);
  const unpacked = chunkSource(path, unpack(plain, packing));
  return {
    ...unpacked,
    async read(into) {
      try {
        return await unpacked.read(into);
      } catch (error) {
        throw fileError("Cannot unpack", path, error);
      }
    },
    close: () => plain.close(),
  };
}

async function* unpack(packed: ByteSource, packing: Packing): AsyncGenerator<Uint8Array> {
  // Every command starts with this room, and few unpack anything.
  const { createGunzip, createZstdDecompress } = await import("node:zlib");
  const { pipeline, Readable } = await import("node:stream");
  const transform: Transform = packing === "gzip" ? createGunzip() : createZstdDecompress();
  try {
    // What goes wrong reaches the reader of the transform; nothing is left for the callback.
    yield* pipeline(Readable.from(chunksOf(packed)), transform, () => {});
  } finally {
    transform.destroy();
  }
}

function* chunksOf(source: ByteSource): Generator<Uint8Array> {
  for (;;) {
    // The stream keeps what it is given, so that every chunk needs memory of its own.
    const chunk = new Uint8Array(READ_BYTES);
    const length = source.read(chunk);
    if (typeof length !== "number" || length === 0) return;
    yield chunk.subarray(0, length);
  }
}

/**
 * Reads from chunks that someone else produces, such as a `ReadableStream` or a list of byte arrays.
 *
 * @param name What error messages call it.
 * @param chunks The bytes, cut anywhere.
 */
export function chunkSource(
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): ByteSource {
  const iterator = Symbol.asyncIterator in chunks
    ? chunks[Symbol.asyncIterator]()
    : chunks[Symbol.iterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    name,
    async read(into) {
      while (rest.length === 0) {
        const next = await iterator.next();
        if (next.done) return 0;
        rest = next.value;
      }
      const part = rest.subarray(0, into.length);
      into.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    },
    close() {},
  };
}
