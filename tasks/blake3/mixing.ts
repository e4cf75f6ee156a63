import type { Code } from "./assembler.ts";
import type { Quarter } from "./constants.ts";
import {
  addLanes,
  bytes,
  get,
  orBits,
  relaxedSwizzle,
  set,
  shiftLeft,
  shiftRight,
  xorBits,
} from "./instructions.ts";
import type { Locals } from "./locals.ts";

/** How words are rotated by whole bytes: by relaxed SIMD's swizzle, or by two shifts as by any other number of bits. */
export type Rotations = "relaxed" | "plain";

/** Keeps the places of bytes that rotate words at hand. */
export function rotationMasks(locals: Locals): Code {
  return [...set(locals.by16, bytes(places(2))), ...set(locals.by8, bytes(places(1)))];
}

/** Where each byte comes from when four words are rotated to the right by whole bytes. */
function places(by: number): readonly number[] {
  return Array.from({ length: 16 }, (_, at) => at - at % 4 + (at + by) % 4);
}

/**
 * The quarter rounds of one half of a round, step by step for all four: none waits for what another has just begun.
 *
 * @param words The two words of the message for each quarter.
 */
export function mixQuarters(
  locals: Locals,
  rotations: Rotations,
  quarters: readonly Quarter[],
  words: readonly Code[],
): Code {
  const named = quarters.map(([a, b, c, d]) => {
    const { state } = locals;
    return { a: state[a]!, b: state[b]!, c: state[c]!, d: state[d]! };
  });
  const rotated = (target: number, other: number, bits: number) =>
    setRotated(locals, rotations, target, xorBits(get(target), get(other)), bits);
  const half = (second: 0 | 1, firstBits: number, secondBits: number) => [
    ...named.flatMap(({ a, b }, at) =>
      set(a, addLanes(addLanes(get(a), words[2 * at + second]!), get(b)))
    ),
    ...named.flatMap(({ a, d }) => rotated(d, a, firstBits)),
    ...named.flatMap(({ c, d }) => set(c, addLanes(get(c), get(d)))),
    ...named.flatMap(({ b, c }) => rotated(b, c, secondBits)),
  ];
  return [...half(0, 16, 12), ...half(1, 8, 7)];
}

function setRotated(
  { turned, by16, by8 }: Locals,
  rotations: Rotations,
  target: number,
  value: Code,
  bits: number,
): Code {
  if (rotations === "relaxed" && bits % 8 === 0) {
    return set(target, relaxedSwizzle(value, get(bits === 16 ? by16 : by8)));
  }
  const shifted = orBits(shiftRight(get(turned), bits), shiftLeft(get(turned), 32 - bits));
  return [...set(turned, value), ...set(target, shifted)];
}
