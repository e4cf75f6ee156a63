import { createHash } from "node:crypto";
import { type AtomicFile, throwIfAborted } from "../../base/mod.ts";
import type { FileDigest } from "./checksum.ts";

/** JSON text in pieces, cut anywhere. */
export type JsonPieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** What was packed: the packed file, and the content before. */
export interface PackedContent {
  readonly packed: FileDigest;
  readonly content: FileDigest;
}

/**
 * Packs pieces with gzip into a file, with flat memory.
 *
 * The header carries no time and no name, so equal content gives equal bytes.
 *
 * @param pieces The content.
 * @param file Where the packed bytes go; committing it is left to the caller.
 * @throws What the pieces throw; `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function packInto(
  pieces: JsonPieces,
  file: AtomicFile,
  signal?: AbortSignal,
): Promise<PackedContent> {
  const content = new RunningDigest();
  const packed = new RunningDigest();
  const encoder = new TextEncoder();
  async function* bytes(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const piece of pieces) {
      throwIfAborted(signal);
      const chunk = typeof piece === "string" ? encoder.encode(piece) : new Uint8Array(piece);
      content.add(chunk);
      if (chunk.length > 0) yield chunk;
    }
  }
  const stream = ReadableStream.from(bytes()).pipeThrough(new CompressionStream("gzip"));
  for await (const chunk of stream) {
    packed.add(chunk);
    file.write(chunk);
  }
  return { packed: packed.result(), content: content.result() };
}

/** A SHA-256 that grows with what is read. */
export class RunningDigest {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  /** How many bytes came so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes more bytes. */
  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  /** The digest of all; call it once. */
  result(): FileDigest {
    return { sha256: this.#hash.digest("hex"), bytes: this.#bytes };
  }
}
