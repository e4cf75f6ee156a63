const SURROGATE = /[\ud800-\udfff]/;

/** Compares two texts by code point, the order of every sorted list that we publish. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  // Only surrogates sort differently by UTF-16 unit; most texts have none.
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  // A pair whose first halves are equal differs in the second half: its order is that of the halves.
  return rank(a.charCodeAt(at)) < rank(b.charCodeAt(at)) ? -1 : 1;
}

/** A UTF-16 unit moved so that surrogates come last; the end of a text comes first. */
function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Sorts texts by code point, in place. */
export function sortTexts(texts: string[]): string[] {
  return texts.some((text) => SURROGATE.test(text)) ? texts.sort(compareCodePoints) : texts.sort();
}
