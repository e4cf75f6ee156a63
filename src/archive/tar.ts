import { readPieces } from "../base/mod.ts";
import { createTarDecoder, type ParsedTarEntry, type TarHeader } from "modern-tar";
import { invalidArchive, toFault, tooLarge, unsafe } from "./faults.ts";
import { createMeter } from "./limits.ts";
import { createPathGuard } from "./paths.ts";
import { unwrapStored } from "./stored_frame.ts";
import type { ArchiveEntry, ArchiveItem, ArchiveLimits } from "./types.ts";

const BLOCK = 512;
// What headers, long names and read-ahead may take beyond the declared content.
const HEADER_ROOM = 32 * 1024 ** 2;
/** Each passage through a stream costs the same, so pieces are large. */
const CHUNK_BYTES = 1 << 20;
/** What is read from a file at once. */
const PIECE_BYTES = 1 << 17;
/** How many pieces come before the memory of the first is used again. */
const RING_PIECES = 128;

/** How the bytes of a tar file are packed. */
export type TarPacking = "gzip" | "zstd" | "stored" | "none";

/**
 * Walks through a tar file, packed or plain, in its own order.
 *
 * @throws `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`
 */
export async function* readTar(
  file: Deno.FsFile,
  packing: TarPacking,
  limits: ArchiveLimits,
  signal?: AbortSignal,
): AsyncGenerator<ArchiveItem> {
  const guard = createPathGuard();
  const meter = createMeter(limits);
  const room = { declared: HEADER_ROOM };
  try {
    const tar = await unpacked(file, packing);
    const entries: ReadableStream<ParsedTarEntry> = tar
      .pipeThrough(boundHeaders(room), { signal })
      .pipeThrough(createTarDecoder({ strict: true }));
    for await (const { header, body } of entries) {
      const entry = toEntry(header, guard.accept(header.name, kindOf(header)));
      meter.admit(entry);
      room.declared += entry.size + 4 * BLOCK;
      let taken = false;
      yield {
        entry,
        async pipeTo(sink) {
          taken = true;
          try {
            await body.pipeTo(sink);
          } catch (error) {
            throw toFault(error, signal);
          }
        },
      };
      // Read to its end, because cancelling a body makes the decoder drop the next one, too, where that is open already.
      if (!taken) await body.pipeTo(new WritableStream());
    }
  } catch (error) {
    throw toFault(error, signal);
  }
}

// No stage holds more than a megabyte and a few pieces back, so that nobody still reads what is written over.
function piecesOf(file: Deno.FsFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return readPieces(file, { bytes: PIECE_BYTES, ring: RING_PIECES });
}

async function unpacked(
  file: Deno.FsFile,
  packing: TarPacking,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (packing === "none") return ReadableStream.from(piecesOf(file));
  if (packing === "stored") return ReadableStream.from(unwrapStored(piecesOf(file)));
  if (packing === "gzip") return file.readable.pipeThrough(new DecompressionStream("gzip"));
  const [{ pipeline, Readable }, { createZstdDecompress }] = await Promise.all([
    import("node:stream"),
    import("node:zlib"),
  ]);
  // What goes wrong reaches the reader of the decoder; nothing is left for the callback.
  const decoder = pipeline(
    Readable.from(file.readable),
    createZstdDecompress({ chunkSize: CHUNK_BYTES }),
    () => {},
  );
  return ReadableStream.from(copies(decoder));
}

// Node gives pieces of a larger buffer, which the decoder of tar may not keep.
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}

// A header block can declare gigabytes of names; the decoder would gather them in memory.
function boundHeaders(
  room: { readonly declared: number },
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let passed = 0;
  return new TransformStream({
    transform(chunk, controller) {
      passed += chunk.length;
      if (passed > room.declared) throw tooLarge("bytes of tar headers", HEADER_ROOM);
      controller.enqueue(chunk);
    },
  });
}

function kindOf(header: TarHeader): "file" | "directory" {
  switch (header.type) {
    case undefined:
    case "file":
      return "file";
    case "directory":
      return "directory";
    case "symlink":
    case "link":
      throw unsafe(header.name, "it is a link");
    default:
      throw unsafe(header.name, "it is neither a file nor a directory");
  }
}

function toEntry(header: TarHeader, path: string): ArchiveEntry {
  const kind = kindOf(header);
  const size = kind === "file" ? header.size : 0;
  if (!Number.isSafeInteger(size) || size < 0) throw invalidArchive(`"${path}" has no valid size`);
  return { path, kind, size, executable: kind === "file" && ((header.mode ?? 0) & 0o100) !== 0 };
}
