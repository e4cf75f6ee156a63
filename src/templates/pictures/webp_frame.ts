const encoder = new TextEncoder();
const HEADER_BYTES = 10;
/** Flag of the extended header: a chunk ALPH holds the opacity. */
const HAS_ALPHA = 0x10;

/** The first picture of a WebP file. */
export interface WebpFrame {
  readonly width: number;
  readonly height: number;
  /** A file of its own that holds this picture alone. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * Takes the first picture out of a WebP file, animated or not.
 *
 * Format: https://developers.google.com/speed/webp/docs/riff_container
 *
 * @returns Nothing where the file is cut off, or has no picture.
 */
export function firstFrame(file: Uint8Array): WebpFrame | undefined {
  let chunks = chunksIn(file.subarray(12));
  const animated = chunks.find(({ name }) => name === "ANMF");
  // A frame has its place, size and time before its chunks.
  if (animated) chunks = chunksIn(animated.data.subarray(16));
  const picture = chunks.find(({ name }) => name === "VP8 " || name === "VP8L");
  const size = picture && sizeOf(picture);
  if (!picture || !size) return undefined;
  const alpha = picture.name === "VP8 " && chunks.find(({ name }) => name === "ALPH");
  const parts = alpha ? [extendedHeader(size), alpha, picture] : [picture];
  return { ...size, bytes: riff(parts) };
}

function chunksIn(bytes: Uint8Array): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) break;
    chunks.push({ name, data });
    at += 8 + length + length % 2;
  }
  return chunks;
}

/** The size that the stream of a picture itself tells, which is what a decoder makes room for. */
function sizeOf(
  { name, data }: Chunk,
): { readonly width: number; readonly height: number } | undefined {
  if (data.length < HEADER_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (name === "VP8L") {
    // https://datatracker.ietf.org/doc/html/rfc9649#section-3.4: 14 bits each, less one, behind a byte of signature.
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 };
  }
  // https://datatracker.ietf.org/doc/html/rfc6386#section-9.1: behind three bytes of tag and three of start code.
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

function extendedHeader({ width, height }: { width: number; height: number }): Chunk {
  const data = new Uint8Array(HEADER_BYTES);
  const view = new DataView(data.buffer);
  data[0] = HAS_ALPHA;
  view.setUint16(4, (width - 1) & 0xffff, true);
  view.setUint16(7, (height - 1) & 0xffff, true);
  return { name: "VP8X", data };
}

function riff(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, { data }) => sum + 8 + data.length + data.length % 2, 4);
  const file = new Uint8Array(8 + length);
  const view = new DataView(file.buffer);
  file.set(encoder.encode("RIFF"));
  view.setUint32(4, length, true);
  file.set(encoder.encode("WEBP"), 8);
  let at = 12;
  for (const { name, data } of chunks) {
    file.set(encoder.encode(name), at);
    view.setUint32(at + 4, data.length, true);
    file.set(data, at + 8);
    at += 8 + data.length + data.length % 2;
  }
  return file;
}
