import type { Code, WasmFunction } from "./assembler.ts";
import { INITIAL, memory, VALUE_BYTES } from "./constants.ts";
import { bytes, get, i32, load, set, splat, store, xorBits } from "./instructions.ts";
import { sameLanes, walkInputs } from "./inputs.ts";
import { numberLocals, parameter, PARAMETERS, times } from "./locals.ts";
import { mixRounds, rotatedPlaces } from "./mixing.ts";
import { createTranspose } from "./transpose.ts";

/** How words are rotated by 16 and 8 bits: by relaxed SIMD's swizzle, or by two shifts as by any other number of bits. */
export type Rotations = "relaxed" | "plain";

/** Generates `hash`: four inputs at once, one in each lane, the state in registers. */
export function hashFour(rotations: Rotations): WasmFunction {
  const numbering = numberLocals(PARAMETERS.length);
  const { vector, types } = numbering;
  const state = times(16, vector);
  const [turned, by16, by8] = [vector(), vector(), vector()];
  const [counterLows, counterHighs] = [vector(), vector()];
  const walk = walkInputs(numbering, 4);
  const transpose = createTranspose(numbering);

  const swizzles = rotations === "relaxed" ? { by16, by8 } : undefined;
  const word = (place: number) => load(i32(memory.words), 16 * place);
  const block = (length: Code, flags: Code) => [
    ...times(4, (part) =>
      transpose(
        walk.pointers.map((pointer) => load(get(pointer), 16 * part)),
        (column, words) => store(i32(memory.words), 16 * (4 * part + column), words),
      )).flat(),
    ...times(4, (at) => set(state[8 + at]!, sameLanes(INITIAL[at]!))).flat(),
    ...set(state[12]!, get(counterLows)),
    ...set(state[13]!, get(counterHighs)),
    ...set(state[14]!, splat(length)),
    ...set(state[15]!, splat(flags)),
    ...mixRounds([{ state, turned, word, swizzles }]),
    ...times(8, (at) => set(state[at]!, xorBits(get(state[at]!), get(state[8 + at]!)))).flat(),
  ];
  const start = [
    ...set(counterLows, walk.counters(0)),
    ...INITIAL.flatMap((initial, at) => set(state[at]!, sameLanes(initial))),
  ];
  const end = times(2, (half) =>
    transpose(
      state.slice(4 * half, 4 * half + 4).map(get),
      (lane, words) => store(get(parameter.output), VALUE_BYTES * lane + 16 * half, words),
    )).flat();
  const body = [
    ...set(by16, bytes(rotatedPlaces(2))),
    ...set(by8, bytes(rotatedPlaces(1))),
    ...set(counterHighs, splat(get(parameter.counterHigh))),
    ...walk.code({ start, block, end }),
  ];
  return { name: "hash", parameters: PARAMETERS.length, locals: types, body };
}
