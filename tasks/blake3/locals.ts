import { valueType } from "./assembler.ts";

/** The parameters of the kernel, all i32, in their order. */
export const PARAMETERS = [
  /** Address of the first input. */
  "input",
  /** How many inputs; they go four at a time, so that up to three more are read and written. */
  "count",
  /** From one input to the next, in bytes. */
  "stride",
  /** Blocks of each input. */
  "blocks",
  /** Bytes of the last block; the rest of it must be zero. */
  "lastLength",
  /** Number of the first chunk, the lower half; a multiple of four, unless there is one input only. */
  "counterLow",
  "counterHigh",
  /** All bits (-1) where each input is the next chunk, 0 where the number stays, as for parents. */
  "counterStep",
  /** Flags of every block; the first and the last have further ones. */
  "flags",
  "firstFlags",
  "lastFlags",
  /** Where the chaining values go, 32 bytes each. */
  "output",
] as const;

/** The numbers by which the kernel names its values. */
export interface Locals {
  readonly parameter: Readonly<Record<typeof PARAMETERS[number], number>>;
  /** The state, one word of four inputs in each. */
  readonly state: readonly number[];
  /** What is turned from rows to columns, and its half-way. */
  readonly rows: readonly number[];
  readonly halves: readonly number[];
  /** For what is rotated. */
  readonly turned: number;
  /** Places of bytes that rotate words by 16 and by 8 bits. */
  readonly by16: number;
  readonly by8: number;
  readonly counterLows: number;
  readonly counterHighs: number;
  /** The next block of each input. */
  readonly pointers: readonly number[];
  readonly blockFlags: number;
  readonly blocksLeft: number;
  /** The types of all of these but the parameters. */
  readonly types: readonly number[];
}

/** Numbers the values of the kernel. */
export function createLocals(): Locals {
  const types: number[] = [];
  const take = (type: number) => PARAMETERS.length + types.push(type) - 1;
  const vectors = (count: number) => Array.from({ length: count }, () => take(valueType.v128));
  const names = PARAMETERS.map((name, number) => [name, number] as const);
  return {
    parameter: Object.fromEntries(names) as Record<typeof PARAMETERS[number], number>,
    state: vectors(16),
    rows: vectors(4),
    halves: vectors(4),
    turned: take(valueType.v128),
    by16: take(valueType.v128),
    by8: take(valueType.v128),
    counterLows: take(valueType.v128),
    counterHighs: take(valueType.v128),
    pointers: Array.from({ length: 4 }, () => take(valueType.i32)),
    blockFlags: take(valueType.i32),
    blocksLeft: take(valueType.i32),
    types,
  };
}
