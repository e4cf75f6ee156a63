import type { Code } from "./assembler.ts";
import { get, set, shuffle } from "./instructions.ts";
import { type Numbering, times } from "./locals.ts";

// The place of each byte of two vectors, by words of four bytes: 0 to 3 are the first vector's, 4 to 7 the second's.
const LOW_WORDS = places([0, 4, 1, 5]);
const HIGH_WORDS = places([2, 6, 3, 7]);
const LOW_PAIRS = places([0, 1, 4, 5]);
const HIGH_PAIRS = places([2, 3, 6, 7]);

/**
 * Turns four rows of four words into four columns.
 *
 * @param rows What gives each row.
 * @param take What is done with each column.
 */
export type Transpose = (
  rows: readonly Code[],
  take: (column: number, words: Code) => Code,
) => Code;

/** Makes room for what is turned. */
export function createTranspose({ vector }: Numbering): Transpose {
  const [a, b, c, d] = times(4, vector) as [number, number, number, number];
  const [low, high, lowRest, highRest] = times(4, vector) as [number, number, number, number];
  const joined = (left: number, right: number, order: readonly number[]) =>
    shuffle(get(left), get(right), order);
  return (rows, take) => [
    ...rows.flatMap((row, at) => set(a + at, row)),
    ...set(low, joined(a, b, LOW_WORDS)),
    ...set(high, joined(a, b, HIGH_WORDS)),
    ...set(lowRest, joined(c, d, LOW_WORDS)),
    ...set(highRest, joined(c, d, HIGH_WORDS)),
    ...take(0, joined(low, lowRest, LOW_PAIRS)),
    ...take(1, joined(low, lowRest, HIGH_PAIRS)),
    ...take(2, joined(high, highRest, LOW_PAIRS)),
    ...take(3, joined(high, highRest, HIGH_PAIRS)),
  ];
}

function places(words: readonly number[]): readonly number[] {
  return words.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte));
}
