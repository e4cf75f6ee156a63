/** Writes a count with groups of three, such as `42,497`. */
export function formatCount(count: number): string {
  return Math.round(count).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Writes a count with what is counted, such as `1 entry` or `1,200 entries`.
 *
 * @param plural Default the noun with an `s`.
 */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${formatCount(count)} ${Math.round(count) === 1 ? noun : plural}`;
}
