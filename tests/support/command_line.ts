/**
 * Splits an example's command line into the words behind `comfydock`.
 *
 * Quotes are heeded; pipes, redirections and a surrounding `eval "$(…)"` are taken off.
 */
export function splitCommandLine(line: string): string[] {
  const own = /comfydock\b[^|>)]*/.exec(line)?.[0] ?? "";
  const words = own.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^["']|["']$/g, ""));
}
