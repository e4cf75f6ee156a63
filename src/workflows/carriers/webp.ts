import { bytesOf, decodeText, fourLetters, readPart } from "./bytes.ts";
import type { RandomAccess, Remark } from "./types.ts";

const RIFF_HEAD_BYTES = 12;
const MAX_CHUNKS = 100_000;
const ASCII = 2;

/** Lists the texts in the Exif part of a WebP (RIFF container; TIFF 6.0, section 2), written as `name:text`. */
export function* readWebp(file: RandomAccess): Iterable<Remark> {
  let at = RIFF_HEAD_BYTES;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = readPart(file, at, 8);
    if (!head) return;
    const length = head.getUint32(4, true);
    if (fourLetters(head, 0) === "EXIF") {
      const body = readPart(file, at + 8, length);
      if (body) yield* readTiff(body);
    }
    at += 8 + length + length % 2;
  }
}

function* readTiff(exif: DataView<ArrayBuffer>): Iterable<Remark> {
  const offset = decodeText(bytesOf(exif, 0, 4)) === "Exif" ? 6 : 0;
  if (exif.byteLength < offset + 8) return;
  const tiff = new DataView(exif.buffer, exif.byteOffset + offset, exif.byteLength - offset);
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return;
  const entries = tiff.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) return;
    const length = tiff.getUint32(entry + 4, little);
    if (tiff.getUint16(entry + 2, little) !== ASCII || length <= 4) continue;
    const start = tiff.getUint32(entry + 8, little);
    if (start + length > tiff.byteLength) continue;
    const text = decodeText(bytesOf(tiff, start, length)).replace(/\0+$/, "");
    const colon = text.indexOf(":");
    if (colon > 0) yield [text.slice(0, colon), text.slice(colon + 1)];
  }
}
