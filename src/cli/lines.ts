/** A text on one line of at most so many characters. */
export function shortenLine(text: string, width: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;
}
