/** A tensor of a safetensors file to be; its numbers are zeros. */
export interface SampleTensor {
  readonly dtype: "F32" | "F16" | "BF16" | "F8_E4M3" | "I64";
  readonly shape: readonly number[];
}

const BYTES = { F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, I64: 8 } as const;
const encoder = new TextEncoder();

/** The bytes of a safetensors file. */
export function safetensorsBytes(
  tensors: Readonly<Record<string, SampleTensor>>,
  { metadata, tail }: {
    readonly metadata?: Readonly<Record<string, string>>;
    /** Bytes that make files with equal tensors differ; they take the place of the last zeros. */
    readonly tail?: Uint8Array;
  } = {},
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  for (const [name, { dtype, shape }] of Object.entries(tensors)) {
    const end = offset + shape.reduce((product, size) => product * size, BYTES[dtype]);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const bytes = rawSafetensors(JSON.stringify(header), offset);
  if (tail) bytes.set(tail, bytes.length - tail.length);
  return bytes;
}

/** A safetensors file with any header, and any length of it claimed. */
export function rawSafetensors(
  header: string,
  dataBytes = 0,
  claimed = BigInt(encoder.encode(header).length),
): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed, true);
  bytes.set(text, 8);
  return bytes;
}

/** A small model whose content is told apart by a text. */
export function sampleModel(content: string): Uint8Array<ArrayBuffer> {
  const tail = encoder.encode(content);
  const shape = [Math.max(4, Math.ceil(tail.length / 2))];
  return safetensorsBytes({ weight: { dtype: "F16", shape } }, { tail });
}

/** One value of GGUF's metadata: a text (type 8) or a number (type 4). */
export type GgufValue = string | number;

/** The bytes of a GGUF file. */
export function ggufBytes(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly { readonly name: string; readonly shape: number[]; readonly type: number }[],
  dataBytes: number,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const uint = (value: number | bigint, bytes: 4 | 8) => {
    const view = new DataView(new ArrayBuffer(bytes));
    if (bytes === 4) view.setUint32(0, Number(value), true);
    else view.setBigUint64(0, BigInt(value), true);
    parts.push(new Uint8Array(view.buffer));
  };
  const text = (value: string) => {
    const bytes = encoder.encode(value);
    uint(bytes.length, 8);
    parts.push(bytes);
  };
  parts.push(encoder.encode("GGUF"));
  uint(3, 4);
  uint(tensors.length, 8);
  uint(Object.keys(metadata).length, 8);
  for (const [key, value] of Object.entries(metadata)) {
    text(key);
    uint(typeof value === "string" ? 8 : 4, 4);
    if (typeof value === "string") text(value);
    else uint(value, 4);
  }
  for (const { name, shape, type } of tensors) {
    text(name);
    uint(shape.length, 4);
    for (const size of shape) uint(size, 8);
    uint(type, 4);
    uint(0, 8);
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(Math.ceil(length / 32) * 32 + dataBytes);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
