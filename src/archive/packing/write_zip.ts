import { crc32 } from "node:zlib";
import { writePacked } from "../../base/mod.ts";
import { createPathGuard } from "../paths.ts";
import { invalidArchive } from "../faults.ts";
import { isSqueezable, squeeze } from "./squeeze.ts";

/** One file that goes into a zip. */
export interface ZipFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Called once, when the files before it are written. */
  content(): Promise<Uint8Array> | Uint8Array;
}

/** How a zip is written. */
export interface WriteZipOptions {
  readonly signal?: AbortSignal;
  /** Sees the bytes as they are written. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

interface Entry {
  readonly name: Uint8Array;
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 2.0: deflated content. */
const VERSION_NEEDED = 20;
/** Made on Unix, so that the mode counts. */
const MADE_BY = 3 << 8 | VERSION_NEEDED;
const NAMES_ARE_UTF8 = 1 << 11;
/** 1980-01-01, the oldest day that a zip can hold. */
const DATE = 1 << 5 | 1;
const MODE = 0o100644;
const STORED = 0;
const DEFLATED = 8;
const LARGEST = 2 ** 32 - 2;
const MOST_FILES = 2 ** 16 - 2;

/**
 * Writes a zip; what hardly gets smaller is stored.
 *
 * Equal files in equal order give equal bytes: no times, mode 644. Format: APPNOTE.TXT 6.3, without zip64.
 *
 * @param path The zip; it appears when it is whole.
 * @returns How many bytes it has.
 * @throws `ARCHIVE_UNSAFE` for a path that reading would refuse, `ARCHIVE_INVALID` for more than 4 GiB or 65,534 files,
 * `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`, and what the files throw
 */
export async function writeZip(
  path: string,
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
  { signal, onBytes }: WriteZipOptions = {},
): Promise<number> {
  return await writePacked(path, zipPieces(files), {
    signal,
    packing: "plain",
    onPacked: onBytes,
  });
}

async function* zipPieces(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
): AsyncGenerator<Uint8Array> {
  const guard = createPathGuard();
  const entries: Entry[] = [];
  let offset = 0;
  for await (const file of files) {
    if (guard.accept(file.path, "file") !== file.path) {
      throw invalidArchive(`"${file.path}" is no plain path`);
    }
    const bytes = await file.content();
    const method = isSqueezable(bytes) ? DEFLATED : STORED;
    const packed = method === DEFLATED ? squeeze(bytes) : bytes;
    const entry: Entry = {
      name: new TextEncoder().encode(file.path),
      method,
      sum: crc32(bytes),
      packed: packed.length,
      size: bytes.length,
      offset,
    };
    const head = localHeader(entry);
    yield head;
    yield packed;
    entries.push(entry);
    offset += head.length + packed.length;
    if (offset > LARGEST || entries.length > MOST_FILES) {
      throw invalidArchive("it would be too large for a zip");
    }
  }
  let size = 0;
  for (const entry of entries) {
    const record = centralHeader(entry);
    size += record.length;
    yield record;
  }
  yield endRecord(entries.length, size, offset);
}

function localHeader(entry: Entry): Uint8Array {
  const view = new DataView(new ArrayBuffer(30 + entry.name.length));
  view.setUint32(0, LOCAL, true);
  common(view, 4, entry);
  return withName(view, 30, entry.name);
}

function centralHeader(entry: Entry): Uint8Array {
  const view = new DataView(new ArrayBuffer(46 + entry.name.length));
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, MADE_BY, true);
  common(view, 6, entry);
  view.setUint32(38, MODE << 16 >>> 0, true);
  view.setUint32(42, entry.offset, true);
  return withName(view, 46, entry.name);
}

/** The fields that both headers have, from the version needed to the length of the name. */
function common(view: DataView, at: number, entry: Entry): void {
  view.setUint16(at, VERSION_NEEDED, true);
  view.setUint16(at + 2, NAMES_ARE_UTF8, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, entry.sum, true);
  view.setUint32(at + 14, entry.packed, true);
  view.setUint32(at + 18, entry.size, true);
  view.setUint16(at + 22, entry.name.length, true);
}

function endRecord(count: number, size: number, offset: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(22));
  view.setUint32(0, END, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  return new Uint8Array(view.buffer);
}

function withName(view: DataView<ArrayBuffer>, at: number, name: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(view.buffer);
  bytes.set(name, at);
  return bytes;
}
