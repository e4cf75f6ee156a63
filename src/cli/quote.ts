const MOST_LETTERS = 60;

/** Quotes a text from the command line for a message, cut where it is too long to read. */
export function quote(text: string): string {
  return `"${shorten(text)}"`;
}

/** Cuts a text from the command line where it is too long to read. */
export function shorten(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}
