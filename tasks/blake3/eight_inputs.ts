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

// The runtime tells pairs by their offsets from the same base, so every address is one from 0. Of a pair it stores the
// second side first: stored the other way round, it would store the first one twice, in case the second is outside.
const ORIGIN = i32(0);
const placeOf = (address: number, place: number, side: number) =>
  address + PAIR * place + 16 * side;
const loadSide = (address: number, place: number, side: number) =>
  load(ORIGIN, placeOf(address, place, side));
const storeSide = (address: number, place: number, side: number, words: Code) =>
  store(ORIGIN, placeOf(address, place, side), words);

/**
 * Generates `hashEight`: eight inputs at once, the state in memory.
 *
 * @param compress Place of {@linkcode compressEight} in the module.
 */
export function hashEight(compress: number): WasmFunction {
  const numbering = numberLocals(PARAMETERS.length);
  const walk = walkInputs(numbering, 8);
  const transpose = createTranspose(numbering);
  const start = SIDES.flatMap((side) => [
    ...INITIAL.flatMap((word, at) => storeSide(memory.pairedState, at, side, sameLanes(word))),
    ...storeSide(memory.pairedCounters, 0, side, walk.counters(4 * side)),
    ...storeSide(memory.pairedCounters, 1, side, splat(get(parameter.counterHigh))),
  ]);
  // Both sides of the words that are needed first come first: a pair is loaded slowly just after its sides are stored.
  const block = (length: Code, flags: Code) => [
    ...times(4, (part) =>
      SIDES.flatMap((side) =>
        transpose(
          walk.pointers.slice(4 * side, 4 * side + 4).map((at) => load(get(at), 16 * part)),
          (column, words) => storeSide(memory.pairedWords, 4 * part + column, side, words),
        )
      )).flat(),
    ...call(compress, length, flags),
  ];
  const end = SIDES.flatMap((side) =>
    times(2, (half) =>
      transpose(
        times(4, (at) => loadSide(memory.pairedState, 4 * half + at, side)),
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
    word: (place: number) => loadSide(memory.pairedWords, place, side),
  }));
  /** Both sides of one word after each other, so that they are seen to belong together. */
  const both = (give: (state: readonly number[], side: number) => Code) =>
    sides.flatMap(({ state }, side) => give(state, side));
  const body = [
    ...times(
      8,
      (at) => both((state, side) => set(state[at]!, loadSide(memory.pairedState, at, side))),
    ).flat(),
    ...times(4, (at) => both((state) => set(state[8 + at]!, sameLanes(INITIAL[at]!)))).flat(),
    ...times(
      2,
      (at) =>
        both((state, side) => set(state[12 + at]!, loadSide(memory.pairedCounters, at, side))),
    ).flat(),
    ...both((state) => set(state[14]!, splat(get(length)))),
    ...both((state) => set(state[15]!, splat(get(flags)))),
    ...mixRounds(sides),
    ...times(8, (at) => [
      ...both((state) => set(state[at]!, xorBits(get(state[at]!), get(state[8 + at]!)))),
      ...SIDES.toReversed().flatMap((side) =>
        storeSide(memory.pairedState, at, side, get(sides[side]!.state[at]!))
      ),
    ]).flat(),
  ];
  return { parameters: 2, locals: types, body };
}
