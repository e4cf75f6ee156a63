import { crc32, deflateSync } from "node:zlib";

const encoder = new TextEncoder();

/**
 * A PNG of one pixel that every viewer shows.
 *
 * @param note Makes the bytes differ from those of other pictures.
 */
export function tinyPng(note: string): Uint8Array<ArrayBuffer> {
  const header = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0);
  return joined(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", header),
    pngChunk("tEXt", encoder.encode(`Comment\0${note}`)),
    pngChunk("IDAT", new Uint8Array(deflateSync(Uint8Array.of(0, 200, 100, 50)))),
    pngChunk("IEND", new Uint8Array()),
  );
}

/** A WebP of one pixel that every viewer shows; `note` as in {@linkcode tinyPng}. */
export function tinyWebp(note: string): Uint8Array<ArrayBuffer> {
  // Lossless, one pixel; the extended header announces the note, which stands as XMP metadata.
  const pixel = Uint8Array.from(atob("LwAAABAHEBERiIj+Bw=="), (letter) => letter.charCodeAt(0));
  const extended = Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const body = joined(
    encoder.encode("WEBP"),
    riffChunk("VP8X", extended),
    riffChunk("VP8L", pixel),
    riffChunk("XMP ", encoder.encode(note)),
  );
  return joined(encoder.encode("RIFF"), little32(body.length), body);
}

function pngChunk(kind: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = joined(encoder.encode(kind), data);
  return joined(big32(data.length), body, big32(crc32(body)));
}

function riffChunk(kind: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = new Uint8Array(data.length % 2);
  return joined(encoder.encode(kind), little32(data.length), data, padding);
}

function big32(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function little32(value: number): Uint8Array<ArrayBuffer> {
  return big32(value).reverse();
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
