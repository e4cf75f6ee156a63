import { assemble, type Code } from "./assembler.ts";
import { BLOCK, INITIAL, PERMUTATION, ROUND, ROUNDS } from "./constants.ts";
import {
  add,
  addLanes,
  and,
  andBits,
  equal,
  get,
  greater,
  i32,
  lanes,
  load,
  multiply,
  or,
  repeatWhile,
  select,
  set,
  splat,
  store,
  subtract,
  xorBits,
} from "./instructions.ts";
import { createLocals, type Locals, PARAMETERS } from "./locals.ts";
import { mixQuarters, rotationMasks, type Rotations } from "./mixing.ts";
import { transpose } from "./transpose.ts";

/** How many inputs are hashed at once, one in each lane. */
const LANES = 4;
const VALUE_BYTES = 32;
const FOUR = [0, 1, 2, 3];

/** Pages of memory: one for the message and chaining values, four for input, one that is read beyond its end. */
export const PAGES = 6;

/**
 * Generates the kernel: BLAKE3's compression of four inputs at once, as a WebAssembly module.
 *
 * Its one function `hash` takes the parameters of {@linkcode PARAMETERS}. The first 256 bytes of memory are its own.
 *
 * @param rotations `relaxed` where the runtime knows relaxed SIMD, `plain` elsewhere.
 */
export function generateKernel(rotations: Rotations): Uint8Array<ArrayBuffer> {
  const locals = createLocals();
  const { parameter } = locals;
  const body = [
    ...rotationMasks(locals),
    ...set(locals.counterHighs, splat(get(parameter.counterHigh))),
    ...repeatWhile(
      [
        ...startInputs(locals),
        ...repeatWhile(
          [...startBlock(locals), ...rounds(locals, rotations), ...endBlock(locals)],
          get(locals.blocksLeft),
        ),
        ...endInputs(locals),
      ],
      greater(get(parameter.count), i32(0)),
    ),
  ];
  const { types } = locals;
  return assemble({ name: "hash", parameters: PARAMETERS.length, locals: types, body }, PAGES);
}

function startInputs(locals: Locals): Code {
  const { parameter, pointers } = locals;
  const steps = andBits(splat(get(parameter.counterStep)), lanes(FOUR));
  return [
    ...pointers.flatMap((pointer, lane) => {
      const before = pointers[lane - 1];
      const address = before === undefined
        ? get(parameter.input)
        : add(get(before), get(parameter.stride));
      return set(pointer, address);
    }),
    ...set(locals.counterLows, addLanes(splat(get(parameter.counterLow)), steps)),
    ...INITIAL.flatMap((word, at) => set(locals.state[at]!, sameLanes(word))),
    ...set(locals.blockFlags, or(get(parameter.flags), get(parameter.firstFlags))),
    ...set(locals.blocksLeft, get(parameter.blocks)),
  ];
}

function startBlock(locals: Locals): Code {
  const { parameter, pointers, state } = locals;
  const isLast = equal(get(locals.blocksLeft), i32(1));
  const flags = or(get(locals.blockFlags), select(isLast, get(parameter.lastFlags), i32(0)));
  const length = select(isLast, get(parameter.lastLength), i32(BLOCK));
  return [
    ...FOUR.flatMap((quarter) =>
      transpose(
        locals,
        pointers.map((pointer) => load(get(pointer), 16 * quarter)),
        (column, word) => store(i32(0), 16 * (4 * quarter + column), word),
      )
    ),
    ...INITIAL.slice(0, 4).flatMap((word, at) => set(state[8 + at]!, sameLanes(word))),
    ...set(state[12]!, get(locals.counterLows)),
    ...set(state[13]!, get(locals.counterHighs)),
    ...set(state[14]!, splat(length)),
    ...set(state[15]!, splat(flags)),
  ];
}

/** All rounds one after the other, so that the place of each word of the message is a constant. */
function rounds(locals: Locals, rotations: Rotations): Code {
  const code: number[] = [];
  let order = PERMUTATION.map((_, word) => word);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [half, quarters] of ROUND.entries()) {
      const words = order.slice(8 * half, 8 * half + 8).map((word) => load(i32(0), 16 * word));
      code.push(...mixQuarters(locals, rotations, quarters, words));
    }
    order = PERMUTATION.map((from) => order[from]!);
  }
  return code;
}

function endBlock(locals: Locals): Code {
  const { state, pointers } = locals;
  return [
    ...state.slice(0, 8).flatMap((word, at) => set(word, xorBits(get(word), get(state[at + 8]!)))),
    ...set(locals.blockFlags, get(locals.parameter.flags)),
    ...pointers.flatMap((pointer) => set(pointer, add(get(pointer), i32(BLOCK)))),
    ...set(locals.blocksLeft, subtract(get(locals.blocksLeft), i32(1))),
  ];
}

function endInputs(locals: Locals): Code {
  const { parameter, state } = locals;
  const increase = (local: number, by: Code) => set(local, add(get(local), by));
  return [
    ...[0, 1].flatMap((half) =>
      transpose(
        locals,
        state.slice(4 * half, 4 * half + 4).map(get),
        (lane, words) => store(get(parameter.output), VALUE_BYTES * lane + 16 * half, words),
      )
    ),
    ...increase(parameter.input, multiply(get(parameter.stride), i32(LANES))),
    ...increase(parameter.output, i32(LANES * VALUE_BYTES)),
    ...increase(parameter.counterLow, and(get(parameter.counterStep), i32(LANES))),
    ...set(parameter.count, subtract(get(parameter.count), i32(LANES))),
  ];
}

function sameLanes(word: number): Code {
  return lanes(Array(LANES).fill(word));
}
