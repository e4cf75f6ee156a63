import { createHash } from "node:crypto";
import { basename } from "node:path";
import { fileError, readTextBounded, refuseNamedPipe } from "../../base/mod.ts";
import { checksumPath } from "./layout.ts";

/** The SHA-256 of a file and its size in bytes. */
export interface FileDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** What was packed: the packed file, and the content before. */
export interface PackedContent {
  readonly packed: FileDigest;
  readonly content: FileDigest;
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

/**
 * Hashes a file with flat memory.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export function digestFile(path: string): FileDigest {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(1 << 16);
  let bytes = 0;
  try {
    refuseNamedPipe(path);
    using file = Deno.openSync(path);
    for (let read = file.readSync(buffer); read !== null; read = file.readSync(buffer)) {
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** The SHA-256 of a small content, as hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The line of a checksum file, as `sha256sum` writes it. */
export function checksumLine(sha256: string, path: string): string {
  return `${sha256}  ${basename(path)}\n`;
}

/**
 * Reads the checksum that stands beside a file.
 *
 * @param path The file, not its checksum file.
 * @returns Lower-case hex; undefined when there is no checksum file, `""` when it holds none.
 * @throws `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readChecksum(path: string): Promise<string | undefined> {
  try {
    await Deno.stat(checksumPath(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", checksumPath(path), error);
  }
  const text = await readTextBounded(checksumPath(path), 4096);
  return /^([0-9a-f]{64})(?:\s|$)/i.exec(text)?.[1]?.toLowerCase() ?? "";
}
