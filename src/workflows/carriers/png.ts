import { inflateSync } from "node:zlib";
import { bytesOf, decodeText, fourLetters, readPart } from "./bytes.ts";
import { MAX_REMARK_BYTES, type RandomAccess, type Remark } from "./types.ts";

const SIGNATURE_BYTES = 8;
const MAX_CHUNKS = 1_000_000;

/** Lists the text chunks of a PNG (`tEXt`, `zTXt`, `iTXt`; W3C PNG, third edition, section 11.3.3). */
export function* readPng(file: RandomAccess): Iterable<Remark> {
  let at = SIGNATURE_BYTES;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = readPart(file, at, 8);
    if (!head) return;
    const [length, kind] = [head.getUint32(0), fourLetters(head, 4)];
    if (kind === "IEND") return;
    if (/^(tEXt|zTXt|iTXt)$/.test(kind)) {
      const body = readPart(file, at + 8, length);
      const remark = body && readChunk(kind, bytesOf(body, 0));
      if (remark) yield remark;
    }
    at += length + 12;
  }
}

function readChunk(kind: string, bytes: Uint8Array): Remark | undefined {
  const [name, rest] = cut(bytes);
  if (!rest) return undefined;
  if (kind === "tEXt") return [decodeText(name), decodeText(rest)];
  if (kind === "zTXt") return packed(name, rest.subarray(1));
  const isPacked = rest[0] === 1;
  const text = cut(cut(rest.subarray(2))[1] ?? new Uint8Array())[1];
  if (!text) return undefined;
  return isPacked ? packed(name, text) : [decodeText(name), decodeText(text)];
}

function packed(name: Uint8Array, bytes: Uint8Array): Remark | undefined {
  try {
    const text = inflateSync(bytes, { maxOutputLength: MAX_REMARK_BYTES });
    return [decodeText(name), decodeText(text)];
  } catch {
    // A damaged or monstrous remark is none; the picture may hold another one.
    return undefined;
  }
}

function cut(bytes: Uint8Array): readonly [Uint8Array, Uint8Array?] {
  const end = bytes.indexOf(0);
  return end < 0 ? [bytes] : [bytes.subarray(0, end), bytes.subarray(end + 1)];
}
