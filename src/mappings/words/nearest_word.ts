/** Shorter words are too near to too many others. */
const SHORTEST = 3;

/**
 * Finds the known word that a mistyped one most likely stands for.
 *
 * Up to 5 letters one edit is forgiven, above that two; a word that contains it counts as that far away.
 *
 * @param word Folded.
 * @param vocabulary Known words with how often they come: a map, or what {@linkcode wordsNear} leaves of a long text.
 * @returns The nearest word, the most frequent of several; undefined when none is near enough.
 */
export function nearestWord(
  word: string,
  vocabulary: Iterable<readonly [word: string, uses: number]>,
): string | undefined {
  if (word.length < SHORTEST) return undefined;
  const allowed = allowedEdits(word);
  const letters = letterMask(word);
  let best: { word: string; distance: number; uses: number } | undefined;
  for (const [candidate, uses] of vocabulary) {
    if (candidate.length < word.length - allowed) continue;
    const contained = candidate.length > word.length && candidate.includes(word);
    if (!contained) {
      if (candidate.length > word.length + allowed) continue;
      // Each edit changes at most two of the letters that occur.
      if (bitCount(letters ^ letterMask(candidate)) > 2 * allowed) continue;
    }
    const distance = contained ? allowed : boundedDistance(word, candidate, allowed);
    if (distance > allowed) continue;
    if (!best || distance < best.distance || (distance === best.distance && uses > best.uses)) {
      best = { word: candidate, distance, uses };
    }
  }
  return best?.word;
}

/**
 * Reads from a text the words that {@linkcode nearestWord} might choose; the others, nearly all, are passed over
 * letter by letter without becoming strings.
 *
 * @param text Lines of a folded word, a blank and how often it comes, as `sampler 12`; the last without line break too.
 */
export function* wordsNear(
  word: string,
  text: string,
): Generator<readonly [word: string, uses: number]> {
  if (word.length < SHORTEST) return;
  const most = 2 * allowedEdits(word);
  const letters = letterMask(word);
  for (let start = 0; start < text.length;) {
    let mask = 0;
    let at = start;
    for (let code = text.charCodeAt(at); code !== BLANK; code = text.charCodeAt(++at)) {
      if (at >= text.length) return;
      mask |= 1 << (code & 31);
    }
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end;
    // Either few letters differ, or it has all letters of the word and may contain it.
    if (bitCount(letters ^ mask) <= most || (letters & ~mask) === 0) {
      yield [text.slice(start, at), Number(text.slice(at + 1, next))];
    }
    start = next + 1;
  }
}

const BLANK = 32;

function allowedEdits(word: string): number {
  return word.length > 5 ? 2 : 1;
}

/**
 * Edit distance with swapped neighbours as one edit (optimal string alignment).
 *
 * @param limit Distances above it are only told as `limit + 1`.
 */
function boundedDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      row.push(least);
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit + 1);
}

function letterMask(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31);
  return mask;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
