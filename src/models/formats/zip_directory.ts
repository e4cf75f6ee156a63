import { brokenModel } from "../faults.ts";
import type { ByteSource } from "./source.ts";

/** One entry of a zip file, as its central directory tells. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  /** Where its local header is. */
  readonly offset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LONGEST_DIRECTORY = 32 * 1024 ** 2;
const MOST_ENTRIES = 200_000;
const ZIP_64 = 0x0001;

/**
 * Reads the central directory of a zip file, with its 64-bit form; no entry is opened.
 *
 * Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16
 *
 * @throws `MODEL_BROKEN` when there is none, as in a file that is cut off.
 */
export function readZipDirectory(source: ByteSource): readonly ZipEntry[] {
  const { count, offset, length } = findDirectory(source);
  if (count > MOST_ENTRIES || length > LONGEST_DIRECTORY || offset + length > source.size) {
    throw brokenModel(`its zip directory claims ${count} entries in ${length} bytes`);
  }
  const view = viewOf(source.readAt(offset, length));
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) {
      throw brokenModel(`its zip directory is damaged at entry ${entries.length + 1}`);
    }
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const end = at + 46 + name! + extra! + comment!;
    if (end > view.byteLength) throw brokenModel("its zip directory is cut off");
    entries.push(readEntry(view, at, name!, extra!));
    at = end;
  }
  return entries;
}

function findDirectory(source: ByteSource) {
  const length = Math.min(source.size, END_BYTES + LONGEST_COMMENT);
  const start = source.size - length;
  const tail = viewOf(source.readAt(start, length));
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const wide = at >= 20 && tail.getUint32(at - 20, true) === LOCATOR_64
      ? readEnd64(source, Number(tail.getBigUint64(at - 20 + 8, true)))
      : undefined;
    return wide ?? {
      count: tail.getUint16(at + 10, true),
      length: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
  }
  throw brokenModel("it is cut off: the directory at the end of a zip file is missing");
}

function readEnd64(source: ByteSource, offset: number) {
  const view = viewOf(source.readAt(Math.min(offset, source.size), 56));
  if (view.byteLength < 56 || view.getUint32(0, true) !== END_64) {
    throw brokenModel("its zip directory is damaged");
  }
  const [count, length, start] = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true)));
  return { count: count!, length: length!, offset: start! };
}

function readEntry(view: DataView, at: number, name: number, extra: number): ZipEntry {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 46, name);
  const wide = findZip64(view, at + 46 + name, extra);
  const field = (offset: number) => {
    const value = view.getUint32(at + offset, true);
    if (value !== 0xffffffff || wide.length === 0) return value;
    return wide.shift()!;
  };
  // The wide fields stand in this order, each only where the narrow one is full.
  const size = field(24);
  const compressed = field(20);
  return {
    name: new TextDecoder().decode(bytes),
    method: view.getUint16(at + 10, true),
    size,
    compressed,
    offset: field(42),
  };
}

function findZip64(view: DataView, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length;) {
    const bytes = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === ZIP_64 && at + 4 + bytes <= start + length) {
      const count = Math.floor(bytes / 8);
      return Array.from(
        { length: count },
        (_, each) => Number(view.getBigUint64(at + 4 + each * 8, true)),
      );
    }
    at += 4 + bytes;
  }
  return [];
}

/**
 * Where the content of an entry begins.
 *
 * @throws `MODEL_BROKEN` when its local header is not where the directory says.
 */
export function contentOffset(source: ByteSource, { name, offset }: ZipEntry): number {
  const header = viewOf(source.readAt(Math.min(offset, source.size), 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) {
    throw brokenModel(`"${name.slice(0, 200)}" in it is not where its zip directory says`);
  }
  return offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
