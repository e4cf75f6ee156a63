import { gunzipSync } from "node:zlib";
import { readAsset } from "../../base/mod.ts";
import type { Pixels } from "./types.ts";

/** Formats that are decoded by WebAssembly. */
export type DecodedFormat = "webp" | "jpg" | "png";

/** Turns a file into pixels; throws for what is no picture. */
export type Decoder = (file: Uint8Array<ArrayBuffer>) => Promise<Pixels>;

const running = new Map<DecodedFormat, Promise<Decoder>>();

/** Gives the decoder of a format; it is loaded when the first picture of the format comes. */
export function decoderFor(format: DecodedFormat): Promise<Decoder> {
  const started = running.get(format) ?? START[format]();
  running.set(format, started);
  return started;
}

/** Gives a decoder up whose memory a broken picture may have left in disorder. */
export function forgetDecoder(format: DecodedFormat): void {
  running.delete(format);
}

const START: Readonly<Record<DecodedFormat, () => Promise<Decoder>>> = {
  async webp() {
    const { default: decode, init } = await import("@jsquash/webp/decode.js");
    await init(await compiled("webp"));
    return (file) => decode(file.buffer);
  },
  async jpg() {
    const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
    await init(await compiled("jpeg"));
    return (file) => decode(file.buffer);
  },
  async png() {
    const { default: decode, init } = await import("@jsquash/png/decode.js");
    await init(await compiled("png"));
    return (file) => decode(file.buffer);
  },
};

// The packages look for these files beside themselves, where a program of one file has none.
async function compiled(name: string): Promise<WebAssembly.Module> {
  const file = gunzipSync(await readAsset(`data/pictures/${name}.wasm.gz`));
  return await WebAssembly.compile(Uint8Array.from(file));
}
