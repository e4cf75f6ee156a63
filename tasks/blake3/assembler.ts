/** Instructions in WebAssembly's binary form. */
export type Code = readonly number[];

/** A type of a value. */
export const valueType = { i32: 0x7f, v128: 0x7b } as const;

/** A function of a module, without a result. */
export interface WasmFunction {
  /** What it is exported as; absent for one that is only called by others. */
  readonly name?: string;
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
 * Puts a module together: functions and one memory, which is exported as `memory`.
 *
 * The format is that of the WebAssembly specification, chapter "Binary Format".
 *
 * @param functions They call each other by their place in this list.
 * @param pages How many pages of 64 KiB the memory has; it never grows.
 */
export function assemble(
  functions: readonly WasmFunction[],
  pages: number,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(Array(parameters).fill([valueType.i32])),
    ...vector([]),
  ]);
  const exported = functions.flatMap(({ name }, at) =>
    name === undefined ? [] : [[...text(name), 0x00, ...unsigned(at)]]
  );
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(3, functions.map((_, at) => unsigned(at))),
    ...section(5, [[0x01, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [[...text("memory"), 0x02, 0x00], ...exported]),
    ...section(10, functions.map(codeOf)),
  ]);
}

function codeOf({ locals, body }: WasmFunction): Code {
  const code = [...vector(locals.map((local) => [1, local])), ...body, 0x0b];
  return [...unsigned(code.length), ...code];
}

function text(value: string): Code {
  return vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
}

function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}
