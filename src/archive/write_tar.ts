import { type PackedOptions, writePacked } from "../base/mod.ts";
import { changedFile, invalidArchive } from "./faults.ts";
import { createPathGuard } from "./paths.ts";
import { storedFrame } from "./stored_frame.ts";

/** One file that goes into an archive. */
export interface ArchiveFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly executable?: boolean;
  /** Gives exactly `size` bytes; called once, when the files before it are written. */
  content(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** How an archive is written. */
export interface WriteArchiveOptions extends Pick<PackedOptions, "signal" | "flush"> {
  /** Whether a `.zst` holds its bytes as they are, and a `.gz` those that hardly get smaller, such as models and pictures. */
  readonly stored?: boolean;
}

const BLOCK = 512;
/** The largest number that eleven octal digits hold. */
const MAX_OCTAL = 8 ** 11 - 1;
/** The longest name of an old header, in bytes. */
const MAX_NAME = 100;

/**
 * Writes a tar file with flat memory, packed as its name says: `.zst`, `.gz`, or plain.
 *
 * Equal files in equal order give equal bytes: no times, no owners, modes 644 and 755. Format: POSIX 1003.1-2001 (`ustar`
 * with `pax` records for long names and sizes from 8 GiB).
 *
 * @param path The archive; it appears when it is whole.
 * @returns How many bytes it has.
 * @throws `ARCHIVE_UNSAFE` for a path that reading would refuse, `ARCHIVE_INVALID` for a file that changes meanwhile,
 * `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`, and what the files throw
 */
export async function writeArchive(
  path: string,
  files: AsyncIterable<ArchiveFile> | Iterable<ArchiveFile>,
  { signal, flush, stored = false }: WriteArchiveOptions = {},
): Promise<number> {
  const pieces = tarPieces(files);
  const packing = "plain";
  if (stored && path.endsWith(".zst")) {
    return await writePacked(path, storedFrame(pieces), { signal, flush, packing });
  }
  if (stored && path.endsWith(".gz")) {
    const { quickGzip } = await import("./packing/quick_gzip.ts");
    return await writePacked(path, quickGzip(pieces), { signal, flush, packing });
  }
  return await writePacked(path, pieces, { signal, flush });
}

async function* tarPieces(
  files: AsyncIterable<ArchiveFile> | Iterable<ArchiveFile>,
): AsyncGenerator<Uint8Array> {
  const guard = createPathGuard();
  for await (const file of files) {
    if (guard.accept(file.path, "file") !== file.path) {
      throw invalidArchive(`"${file.path}" is no plain path`);
    }
    yield* headers(file);
    let written = 0;
    for await (const bytes of file.content()) {
      written += bytes.length;
      if (written > file.size) break;
      yield bytes;
    }
    if (written !== file.size) throw changedFile(file.path);
    yield new Uint8Array(padding(file.size));
  }
  yield new Uint8Array(2 * BLOCK);
}

function* headers({ path, size, executable = false }: ArchiveFile): Generator<Uint8Array> {
  const name = new TextEncoder().encode(path);
  const records = [
    ...(name.length > MAX_NAME || name.length > path.length ? [paxRecord("path", path)] : []),
    ...(size > MAX_OCTAL ? [paxRecord("size", String(size))] : []),
  ];
  if (records.length > 0) {
    const body = new TextEncoder().encode(records.join(""));
    yield header(new TextEncoder().encode("pax"), body.length, 0o644, "x");
    yield body;
    yield new Uint8Array(padding(body.length));
  }
  yield header(name.subarray(0, MAX_NAME), Math.min(size, MAX_OCTAL), executable ? 0o755 : 0o644);
}

function header(name: Uint8Array, size: number, mode: number, type = "0"): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.set(name, 0);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(0, 11));
  // The sum is made as if blanks stood in its own field.
  put(148, " ".repeat(8));
  put(156, type);
  put(257, "ustar\u000000");
  put(148, `${octal(block.reduce((sum, byte) => sum + byte, 0), 6)} `);
  return block;
}

/** `LENGTH KEY=VALUE\n`, whose length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = new TextEncoder().encode(rest).length;
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

function padding(size: number): number {
  return (BLOCK - size % BLOCK) % BLOCK;
}
