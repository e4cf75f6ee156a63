import { valueType } from "./assembler.ts";

/** The parameters of the functions that hash several inputs at once, all i32, in their order. */
export const PARAMETERS = [
  /** Address of the first input. */
  "input",
  /** How many inputs; as many go at a time as there are lanes, so that some more may be read and written. */
  "count",
  /** From one input to the next, in bytes. */
  "stride",
  /** Blocks of each input. */
  "blocks",
  /** Bytes of the last block; the rest of it must be zero. */
  "lastLength",
  /** Number of the first chunk, the lower half; a multiple of the lanes, unless there is one input only. */
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

/** The number of each parameter. */
export const parameter: Readonly<Record<typeof PARAMETERS[number], number>> = Object
  .fromEntries(PARAMETERS.map((name, number) => [name, number])) as Record<
    typeof PARAMETERS[number],
    number
  >;

/** Numbers for the values of a function. */
export interface Numbering {
  /** The types of the numbers that were given, in their order. */
  readonly types: number[];
  address(): number;
  vector(): number;
}

/** Starts the numbers of a function's values, after those of its parameters. */
export function numberLocals(parameters: number): Numbering {
  const types: number[] = [];
  const next = (type: number) => parameters + types.push(type) - 1;
  return {
    types,
    address: () => next(valueType.i32),
    vector: () => next(valueType.v128),
  };
}

/** Calls something as often as asked, and lists what it gives. */
export function times<Item>(count: number, give: (at: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, at) => give(at));
}
