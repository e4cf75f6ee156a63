/**
 * The number of letters to insert, remove, exchange or swap to make one word of another.
 *
 * Optimal string alignment, https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance.
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const exchange = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      let least = Math.min(row[j - 1]! + 1, last[j]! + 1, exchange);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, beforeLast[j - 2]! + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}

const LONGEST_COMPARED = 64;

/** How far apart two words may be to count as a slip of the keys. */
function tolerance(word: string): number {
  return word.length <= 3 ? 1 : word.length <= 7 ? 2 : 3;
}

/** The distance of a typed word from a right one; `Infinity` when they are not alike. */
export function likeness(typed: string, right: string): number {
  if (typed.length > LONGEST_COMPARED) return Infinity;
  const [a, b] = [typed.toLowerCase(), right.toLowerCase()];
  const distance = editDistance(a, b);
  if (distance <= tolerance(b)) return distance;
  return a.length >= 3 && b.startsWith(a) ? tolerance(b) + 1 : Infinity;
}

/** The right word that a typed one most likely stands for, or nothing. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const word of words) {
    const distance = likeness(typed, word);
    if (distance < (best?.distance ?? Infinity)) best = { word, distance };
  }
  return best?.word;
}
