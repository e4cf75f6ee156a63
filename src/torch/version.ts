/** A version of numbers, such as `550.54.14`; `undefined` for anything else. */
export function parseNumbers(text: string): readonly number[] | undefined {
  return /^\d{1,6}(?:\.\d{1,6}){0,3}$/.test(text) ? text.split(".").map(Number) : undefined;
}

/** Compares versions of numbers, a missing number being 0; what is no version counts as the lowest. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [parseNumbers(a) ?? [], parseNumbers(b) ?? []];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
