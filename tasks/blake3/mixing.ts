import type { Code } from "./assembler.ts";
import { PERMUTATION, type Quarter, ROUND, ROUNDS } from "./constants.ts";
import {
  addLanes,
  get,
  orBits,
  relaxedSwizzle,
  set,
  shiftLeft,
  shiftRight,
  xorBits,
} from "./instructions.ts";

/** Four inputs that are mixed, one in each lane. */
export interface Side {
  /** The state, one word in each. */
  readonly state: readonly number[];
  /** For what is rotated. */
  readonly turned: number;
  /** A word of the message. */
  word(place: number): Code;
  /** Places of bytes that rotate words by 16 and by 8 bits, where relaxed SIMD is there; elsewhere two shifts do. */
  readonly swizzles?: { readonly by16: number; readonly by8: number };
}

/** Where each byte comes from when four words are rotated to the right by whole bytes. */
export function rotatedPlaces(by: number): readonly number[] {
  return Array.from({ length: 16 }, (_, at) => at - at % 4 + (at + by) % 4);
}

/**
 * All rounds one after the other, so that the place of each word of the message is a constant.
 *
 * Every step is done for the four quarters and for all sides, before the next: none waits for what has just begun.
 */
export function mixRounds(sides: readonly Side[]): Code {
  const code: number[] = [];
  let order = PERMUTATION.map((_, place) => place);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [half, quarters] of ROUND.entries()) {
      const places = order.slice(8 * half, 8 * half + 8);
      code.push(...mixHalf(sides, quarters, places, [16, 12], 0));
      code.push(...mixHalf(sides, quarters, places, [8, 7], 1));
    }
    order = PERMUTATION.map((from) => order[from]!);
  }
  return code;
}

/** Half of each quarter's mixing; `word` says which of its two words of the message goes in. */
function mixHalf(
  sides: readonly Side[],
  quarters: readonly Quarter[],
  places: readonly number[],
  [firstBits, secondBits]: readonly [number, number],
  word: 0 | 1,
): Code {
  const each = quarters.flatMap(([a, b, c, d], at) =>
    sides.map((side) => {
      const { state } = side;
      const message = side.word(places[2 * at + word]!);
      return { side, message, a: state[a]!, b: state[b]!, c: state[c]!, d: state[d]! };
    })
  );
  return [
    ...each.flatMap(({ a, b, message }) => set(a, addLanes(addLanes(get(a), message), get(b)))),
    ...each.flatMap(({ side, a, d }) => setRotated(side, d, xorBits(get(d), get(a)), firstBits)),
    ...each.flatMap(({ c, d }) => set(c, addLanes(get(c), get(d)))),
    ...each.flatMap(({ side, b, c }) => setRotated(side, b, xorBits(get(b), get(c)), secondBits)),
  ];
}

function setRotated({ swizzles, turned }: Side, target: number, value: Code, bits: number): Code {
  if (swizzles && bits % 8 === 0) {
    return set(target, relaxedSwizzle(value, get(bits === 16 ? swizzles.by16 : swizzles.by8)));
  }
  const shifted = orBits(shiftRight(get(turned), bits), shiftLeft(get(turned), 32 - bits));
  return [...set(turned, value), ...set(target, shifted)];
}
