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

/**
 * The command path that typed words most likely stand for, on any level.
 *
 * @param typed The words as typed, further arguments included.
 * @param within The group that was reached, tried first.
 * @param paths The paths of all commands and groups.
 */
export function nearestPath(
  typed: readonly string[],
  within: readonly string[],
  paths: readonly (readonly string[])[],
): readonly string[] | undefined {
  const full = [...within, ...typed];
  let best: { path: readonly string[]; score: number } | undefined;
  const offer = (path: readonly string[], score: number) => {
    if (score < (best?.score ?? Infinity)) best = { path, score };
  };
  for (const path of paths) {
    if (path.length <= within.length && path.every((word, index) => within[index] === word)) {
      continue;
    }
    if (path.length <= full.length) {
      // The more words a path explains, the likelier it was meant.
      offer(path, sum(path.map((word, index) => likeness(full[index]!, word))) - 100 * path.length);
    }
    // The right word under the wrong group, or under none.
    offer(path, likeness(typed[0] ?? "", path.at(-1)!) + path.length / 100);
  }
  return best?.path;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
