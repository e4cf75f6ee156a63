import type { Code } from "./assembler.ts";
import { BLOCK, VALUE_BYTES } from "./constants.ts";
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
  multiply,
  or,
  repeatWhile,
  select,
  set,
  splat,
  subtract,
} from "./instructions.ts";
import { type Numbering, parameter, times } from "./locals.ts";

/** What a function does with the inputs that it hashes at once. */
export interface InputSteps {
  /** Before the first block. */
  readonly start: Code;
  /** With each block, whose length and flags are given. */
  block(length: Code, flags: Code): Code;
  /** After the last block. */
  readonly end: Code;
}

/** The walk through inputs and their blocks. */
export interface InputWalk {
  /** The next block of each input. */
  readonly pointers: readonly number[];
  /** Lower halves of the numbers of four chunks, from a lane on. */
  counters(firstLane: number): Code;
  /** All of it. */
  code(steps: InputSteps): Code;
}

/** Walks through as many inputs at once as there are lanes. */
export function walkInputs({ address }: Numbering, laneCount: number): InputWalk {
  const pointers = times(laneCount, address);
  const [blockFlags, blocksLeft] = [address(), address()];
  const increase = (local: number, by: Code) => set(local, add(get(local), by));
  const isLast = equal(get(blocksLeft), i32(1));
  const length = select(isLast, get(parameter.lastLength), i32(BLOCK));
  const flags = or(get(blockFlags), select(isLast, get(parameter.lastFlags), i32(0)));
  const blocks = (steps: InputSteps) =>
    repeatWhile(
      [
        ...steps.block(length, flags),
        ...set(blockFlags, get(parameter.flags)),
        ...pointers.flatMap((pointer) => increase(pointer, i32(BLOCK))),
        ...set(blocksLeft, subtract(get(blocksLeft), i32(1))),
      ],
      get(blocksLeft),
    );
  const inputs = (steps: InputSteps) => [
    ...pointers.flatMap((pointer, lane) =>
      set(
        pointer,
        lane === 0 ? get(parameter.input) : add(get(pointer - 1), get(parameter.stride)),
      )
    ),
    ...set(blockFlags, or(get(parameter.flags), get(parameter.firstFlags))),
    ...set(blocksLeft, get(parameter.blocks)),
    ...steps.start,
    ...blocks(steps),
    ...steps.end,
    ...increase(parameter.input, multiply(get(parameter.stride), i32(laneCount))),
    ...increase(parameter.output, i32(laneCount * VALUE_BYTES)),
    ...increase(parameter.counterLow, and(get(parameter.counterStep), i32(laneCount))),
    ...set(parameter.count, subtract(get(parameter.count), i32(laneCount))),
  ];
  return {
    pointers,
    counters(firstLane) {
      const steps = lanes(times(4, (lane) => firstLane + lane));
      const numbers = andBits(splat(get(parameter.counterStep)), steps);
      return addLanes(splat(get(parameter.counterLow)), numbers);
    },
    code: (steps) => repeatWhile(inputs(steps), greater(get(parameter.count), i32(0))),
  };
}

/** The same number in four lanes. */
export function sameLanes(word: number): Code {
  return lanes(times(4, () => word));
}
