import { MAX_REMARK_BYTES, type RandomAccess } from "./types.ts";

const strict = new TextDecoder("utf-8", { fatal: true });
const latin = new TextDecoder("latin1");

/** Reads a part of a file that must be there whole and be no larger than a remark may be. */
export function readPart(
  file: RandomAccess,
  offset: number,
  length: number,
): DataView<ArrayBuffer> | undefined {
  if (length > MAX_REMARK_BYTES || offset + length > file.size) return undefined;
  const bytes = file.read(offset, length);
  return bytes.length === length ? new DataView(bytes.buffer, bytes.byteOffset, length) : undefined;
}

/** A name of four letters, as PNG, RIFF and MP4 have them. */
export function fourLetters(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(offset + at)));
}

/** Text as UTF-8, and as Latin-1 where it is none. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    // The formats ask for Latin-1, programs write UTF-8.
    return latin.decode(bytes);
  }
}

/** The bytes of a view from an offset on. */
export function bytesOf(
  view: DataView<ArrayBuffer>,
  offset: number,
  length?: number,
): Uint8Array<ArrayBuffer> {
  const most = view.byteLength - offset;
  return new Uint8Array(
    view.buffer,
    view.byteOffset + offset,
    Math.max(0, Math.min(length ?? most, most)),
  );
}
