import { type DecodedFormat, decoderFor, forgetDecoder } from "./decoders.ts";
import { decodeGif } from "./gif_frame.ts";
import type { Pixels } from "./types.ts";
import { firstFrame } from "./webp_frame.ts";

/** What became of a picture: pixels, or a sentence about why there are none. */
export type Decoded =
  | { readonly pixels: Pixels; readonly why?: undefined }
  | { readonly pixels?: undefined; readonly why: string };

/** No picture of more pixels is decoded; four bytes of memory stand for each. */
export const MOST_PIXELS: number = 32 * 1024 ** 2;

/**
 * Decodes a picture; of an animation the first one. Its size is read before room is made for it.
 *
 * @param format `webp`, `png`, `jpg` or `gif`, by the first bytes and not by the name.
 */
export async function decodePicture(
  file: Uint8Array<ArrayBuffer>,
  format: string,
): Promise<Decoded> {
  if (format === "gif") {
    const pixels = decodeGif(file, MOST_PIXELS);
    return pixels ? { pixels } : { why: "it has no picture, or one that is too large" };
  }
  const frame = format === "webp" ? firstFrame(file) : { bytes: file, ...sizeOf(file, format) };
  const { width = 0, height = 0 } = frame ?? {};
  if (!frame || width * height === 0) return { why: "it is cut off" };
  if (width * height > MOST_PIXELS) return { why: `${width} × ${height} pixels are too many` };
  return await decodeWith(format as DecodedFormat, frame.bytes);
}

async function decodeWith(
  format: DecodedFormat,
  file: Uint8Array<ArrayBuffer>,
): Promise<Decoded> {
  const decode = await decoderFor(format);
  try {
    const pixels = await decode(file);
    const whole = pixels.data.length === pixels.width * pixels.height * 4;
    return whole && pixels.width > 0 ? { pixels } : { why: "its pixels are incomplete" };
  } catch {
    // What the decoder says of it is a number or nothing; the next picture gets a decoder without its traces.
    forgetDecoder(format);
    return { why: "it cannot be decoded" };
  }
}

interface Size {
  readonly width?: number;
  readonly height?: number;
}

function sizeOf(file: Uint8Array, format: string): Size {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (format === "jpg") return jpegSize(view);
  // https://www.w3.org/TR/png-3/#11IHDR: the first chunk, behind eight bytes of signature.
  return file.length < 24 ? {} : { width: view.getUint32(16), height: view.getUint32(20) };
}

// https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2: a frame header is C0 to CF without C4, C8 and CC.
function jpegSize(view: DataView): Size {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return {};
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const isBare = marker === 0xff || marker === 0x01 || marker >= 0xd0 && marker <= 0xd8;
    at += marker === 0xff ? 1 : isBare ? 2 : 2 + view.getUint16(at + 2);
  }
  return {};
}
