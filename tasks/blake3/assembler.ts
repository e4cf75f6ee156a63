/** Instructions in WebAssembly's binary form. */
export type Code = readonly number[];

/** A type of a value. */
export const valueType = { i32: 0x7f, v128: 0x7b } as const;

/** A function that a module exports. */
export interface WasmFunction {
  readonly name: string;
  /** How many parameters of type i32; they are the first locals. */
  readonly parameters: number;
  /** The types of the further locals. */
  readonly locals: readonly number[];
  readonly body: Code;
}

/** Unsigned LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
  }
  return bytes;
}

/** Signed LEB128 of 32 bits. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  for (let rest = value | 0;; rest >>= 7) {
    const done = rest >= -64 && rest < 64;
    bytes.push((rest & 0x7f) | (done ? 0 : 0x80));
    if (done) return bytes;
  }
}

/**
 * Puts a module together: one memory and one function, both exported.
 *
 * The format is that of the WebAssembly specification, chapter "Binary Format".
 *
 * @param pages How many pages of 64 KiB the memory has; it never grows.
 */
export function assemble(exported: WasmFunction, pages: number): Uint8Array<ArrayBuffer> {
  const { name, parameters, locals, body } = exported;
  const text = (value: string) =>
    vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
  const type = [0x60, ...vector(Array(parameters).fill([valueType.i32])), ...vector([])];
  const code = [...vector(locals.map((local) => [1, local])), ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [type]),
    ...section(3, [[0]]),
    ...section(5, [[0x01, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [[...text("memory"), 0x02, 0x00], [...text(name), 0x00, 0x00]]),
    ...section(10, [[...unsigned(code.length), ...code]]),
  ]);
}

function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}
