/** Skips what stands for nothing at an offset of Python source: white space and comments. */
export function skipBlank(source: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s|\\/.test(source[at] ?? "")) at++;
    if (source[at] !== "#") return at;
    const end = source.indexOf("\n", at);
    at = end < 0 ? source.length : end + 1;
  }
}

/** A string literal at an offset, and where it ends; nothing when something else stands there. */
export function readLiteral(
  source: string,
  at: number,
): { readonly text?: string; readonly end: number } | undefined {
  const match = /^([rbuf]{0,2})("""|'''|"|')/i.exec(source.slice(at, at + 5));
  if (!match) return undefined;
  const [opening, prefix, quote] = [match[0], match[1]!, match[2]!];
  const start = at + opening.length;
  let end = start;
  while (end < source.length && !source.startsWith(quote, end)) {
    if (source[end] === "\n" && quote.length === 1) break;
    end += source[end] === "\\" ? 2 : 1;
  }
  const raw = source.slice(start, end);
  // What only running the program could tell is no name.
  const text = /[fb]/i.test(prefix) ? undefined : raw.replace(/\\(["'\\])/g, "$1");
  return { text, end: end + quote.length };
}
