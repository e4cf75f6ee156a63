import { deflateSync } from "node:zlib";

/** Texts by name, as a picture, sound or video carries them. */
export type Remarks = Readonly<Record<string, string>>;

type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** A PNG without a picture; the kind of chunk is the writer's choice. */
export function pngWith(remarks: Remarks, kind: "tEXt" | "zTXt" | "iTXt" = "tEXt"): Bytes {
  const texts = Object.entries(remarks).map(([name, text]) => {
    const plain = encoder.encode(text);
    const body = {
      tEXt: [`${name}\0`, plain],
      zTXt: [`${name}\0\0`, deflateSync(plain)],
      iTXt: [`${name}\0\x01\0\0\0`, deflateSync(plain)],
    }[kind];
    return pngChunk(kind, join(...body));
  });
  const image = [pngChunk("IHDR", new Uint8Array(13)), pngChunk("IDAT", new Uint8Array(50))];
  return join(
    Uint8Array.of(0x89),
    "PNG\r\n\x1a\n",
    ...image,
    ...texts,
    pngChunk("IEND", new Uint8Array()),
  );
}

/** A WebP without a picture, its Exif as ComfyUI writes it. */
export function webpWith(remarks: Remarks, little = true): Bytes {
  const texts = Object.entries(remarks).map(([name, text]) => encoder.encode(`${name}:${text}\0`));
  const directory = 10 + texts.length * 12 + 4;
  let offset = directory;
  const entries = texts.map((text, index) => {
    const entry = join(
      u16(0x0110 - index, little),
      u16(2, little),
      u32(text.length, little),
      u32(offset, little),
    );
    offset += text.length;
    return entry;
  });
  const order = little ? "II*\0" : "MM\0*";
  const exif = join(order, u32(8, little), u16(texts.length, little), ...entries, u32(0), ...texts);
  const chunks = [riffChunk("VP8 ", new Uint8Array(7)), riffChunk("EXIF", exif)];
  const body = join("WEBP", ...chunks);
  return join("RIFF", u32(body.length, true), body);
}

/** A FLAC file without sound. */
export function flacWith(remarks: Remarks): Bytes {
  const texts = Object.entries(remarks).map(([name, text]) =>
    encoder.encode(`${name.toUpperCase()}=${text}`)
  );
  const list = texts.flatMap((text) => [u32(text.length, true), text]);
  const comments = join(u32(4, true), "test", u32(texts.length, true), ...list);
  return join("fLaC", u32(34), new Uint8Array(34), u32(0x8400_0000 + comments.length), comments);
}

/** An MP4 without pictures; `keys` and `ilst` at its end, behind the data. */
export function mp4With(remarks: Remarks): Bytes {
  const names = Object.keys(remarks).map((name) => sized(join("mdta", name)));
  const items = Object.values(remarks).map((text, index) =>
    sized(join(u32(index + 1), sized(join("data", u32(1), u32(0), text))))
  );
  const keys = sized(join("keys", u32(0), u32(names.length), ...names));
  const meta = sized(join("meta", u32(0), keys, sized(join("ilst", ...items))));
  return join(
    sized("ftypisom"),
    sized(join("mdat", new Uint8Array(99))),
    sized(join("moov", sized(join("udta", meta)))),
  );
}

/** A WebM without pictures; segment and cluster have no known length, as in recordings. */
export function webmWith(remarks: Remarks): Bytes {
  const tags = Object.entries(remarks).map(([name, text]) =>
    element(
      [0x67, 0xc8],
      join(
        element([0x45, 0xa3], encoder.encode(name.toUpperCase())),
        element([0x44, 0x87], encoder.encode(text)),
      ),
    )
  );
  const open = Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  return join(
    element([0x1a, 0x45, 0xdf, 0xa3], new Uint8Array(4)),
    Uint8Array.of(0x18, 0x53, 0x80, 0x67),
    open,
    Uint8Array.of(0x1f, 0x43, 0xb6, 0x75),
    open,
    element([0xa3], new Uint8Array(20)),
    element([0x12, 0x54, 0xc3, 0x67], element([0x73, 0x73], join(...tags))),
  );
}

function join(...parts: readonly (Uint8Array | string)[]): Bytes {
  const bytes = parts.map((part) => typeof part === "string" ? encoder.encode(part) : part);
  const whole = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function u16(value: number, little = false): Bytes {
  const view = new DataView(new ArrayBuffer(2));
  view.setUint16(0, value, little);
  return new Uint8Array(view.buffer);
}

function u32(value: number, little = false): Bytes {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, little);
  return new Uint8Array(view.buffer);
}

function pngChunk(kind: string, body: Uint8Array): Bytes {
  // Readers of texts do not look at the check sum.
  return join(u32(body.length), kind, body, u32(0));
}

function riffChunk(kind: string, body: Uint8Array): Bytes {
  return join(kind, u32(body.length, true), body, new Uint8Array(body.length % 2));
}

function sized(body: Uint8Array | string): Bytes {
  const bytes = join(body);
  return join(u32(bytes.length + 4), bytes);
}

function element(id: readonly number[], body: Uint8Array): Bytes {
  return join(Uint8Array.from(id), Uint8Array.of(0x10), u32(body.length).subarray(1), body);
}
