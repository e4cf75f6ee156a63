/** One edit of a text: at an offset, a text gave way to one of a length. */
export interface Splice {
  readonly at: number;
  readonly removed: string;
  /** Characters that stand there afterwards. */
  readonly added: number;
}

/** What led from one text to another, as a single splice; nothing where they are the same. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before[at] === after[at]) at++;
  let end = 0;
  while (end < shorter - at && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { at, removed: before.slice(at, before.length - end), added: after.length - end - at };
}

/** The text as it was before splices, the last of which is taken back first. */
export function undoSplices(text: string, splices: readonly Splice[]): string {
  return splices.toReversed().reduce(
    (now, { at, removed, added }) => now.slice(0, at) + removed + now.slice(at + added),
    text,
  );
}
