import type { Code, WasmFunction } from "./assembler.ts";
import { INITIAL, memory, VALUE_BYTES } from "./constants.ts";
import { call, get, i32, load, set, splat, store, xorBits } from "./instructions.ts";
import { sameLanes, walkInputs } from "./inputs.ts";
import { numberLocals, parameter, PARAMETERS, times } from "./locals.ts";
import { mixRounds } from "./mixing.ts";
import { createTranspose } from "./transpose.ts";

// Eight lanes are two vectors side by side in memory. Where the runtime joins such pairs into one of 256 bits, they
// take as long as one; elsewhere the registers do not suffice for them.
const SIDES = [0, 1];
const PAIR = 32;

/**
 * Generates `hashEight`: eight inputs at once, the state in memory.
 *
 * @param compress Place of {@linkcode compressEight} in the module.
 */
export function hashEight(compress: number): WasmFunction {
  const numbering = numberLocals(PARAMETERS.length);
  const walk = walkInputs(numbering, 8);
  const transpose = createTranspose(numbering);
  const put = (address: number, place: number, side: number, words: Code) =>
    store(i32(address), PAIR * place + 16 * side, words);
  const start = SIDES.flatMap((side) => [
    ...INITIAL.flatMap((word, at) => put(memory.pairedState, at, side, sameLanes(word))),
    ...put(memory.pairedCounters, 0, side, walk.counters(4 * side)),
    ...put(memory.pairedCounters, 1, side, splat(get(parameter.counterHigh))),
  ]);
  const block = (length: Code, flags: Code) => [
    ...SIDES.flatMap((side) =>
      times(4, (part) =>
        transpose(
          walk.pointers.slice(4 * side, 4 * side + 4).map((at) => load(get(at), 16 * part)),
          (column, words) => put(memory.pairedWords, 4 * part + column, side, words),
        )).flat()
    ),
    ...call(compress, length, flags),
  ];
  const end = SIDES.flatMap((side) =>
    times(2, (half) =>
      transpose(
        times(4, (at) => load(i32(memory.pairedState), PAIR * (4 * half + at) + 16 * side)),
        (lane, words) =>
          store(get(parameter.output), VALUE_BYTES * (4 * side + lane) + 16 * half, words),
      )).flat()
  );
  const body = walk.code({ start, block, end });
  return { name: "hashEight", parameters: PARAMETERS.length, locals: numbering.types, body };
}

/** Generates the compression of one block of eight inputs, in memory; parameters are its length and its flags. */
export function compressEight(): WasmFunction {
  const [length, flags] = [0, 1];
  const { vector, types } = numberLocals(2);
  const sides = SIDES.map((side) => ({
    state: times(16, vector),
    turned: vector(),
    word: (place: number) => load(i32(memory.pairedWords), PAIR * place + 16 * side),
  }));
  /** Both sides of one word after each other, so that they are seen to belong together. */
  const both = (give: (state: readonly number[], side: number) => Code) =>
    sides.flatMap(({ state }, side) => give(state, side));
  const paired = (address: number, place: number, side: number) =>
    load(i32(address), PAIR * place + 16 * side);
  const body = [
    ...times(
      8,
      (at) => both((state, side) => set(state[at]!, paired(memory.pairedState, at, side))),
    ).flat(),
    ...times(4, (at) => both((state) => set(state[8 + at]!, sameLanes(INITIAL[at]!)))).flat(),
    ...times(
      2,
      (at) => both((state, side) => set(state[12 + at]!, paired(memory.pairedCounters, at, side))),
    ).flat(),
    ...both((state) => set(state[14]!, splat(get(length)))),
    ...both((state) => set(state[15]!, splat(get(flags)))),
    ...mixRounds(sides),
    ...times(8, (at) =>
      both((state, side) => {
        const word = xorBits(get(state[at]!), get(state[8 + at]!));
        return store(i32(memory.pairedState), PAIR * at + 16 * side, word);
      })).flat(),
  ];
  return { parameters: 2, locals: types, body };
}
