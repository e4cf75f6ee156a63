/** One place of a name: any characters, any one, one of a class, or one itself. */
type Token = "*" | "?" | RegExp | { readonly character: string };

/**
 * A pattern as Python's `glob` reads it: `*`, `?` and `[a-z]` within a name, `**` over directories.
 *
 * It takes time in proportion to pattern times path, whatever a hostile pattern holds.
 *
 * @returns Tells whether a path with forward slashes fits.
 */
export function globPattern(pattern: string): (path: string) => boolean {
  const wanted = pattern.split("/").map((name) => name === "**" ? "**" as const : tokensOf(name));
  return (path) =>
    matches(
      wanted,
      path.split("/"),
      (part) => part === "**",
      (part, name) => part !== "**" && matches(part, [...name], (token) => token === "*", fits),
    );
}

function tokensOf(name: string): readonly Token[] {
  return [...name.matchAll(/\[(!?)([^\]]+)\]|[^]/gu)].map(([whole, not, among]): Token => {
    if (among !== undefined) return classOf(not === "!", among);
    return whole === "*" || whole === "?" ? whole : { character: whole };
  });
}

function classOf(not: boolean, among: string): Token {
  try {
    return new RegExp(`^[${not ? "^" : ""}${among.replace(/[\\^[]/g, "\\$&")}]$`, "u");
  } catch {
    // Such as `[z-a]`, which fits nothing.
    return /^(?!)/;
  }
}

function fits(token: Token, character: string): boolean {
  if (token === "?") return true;
  if (token instanceof RegExp) return token.test(character);
  return token !== "*" && token.character === character;
}

/** Matches greedily; only the last star is ever gone back to. */
function matches<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  isStar: (part: Part) => boolean,
  isOne: (part: Part, item: Item) => boolean,
): boolean {
  let [at, item, star, mark] = [0, 0, -1, 0];
  while (item < items.length) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      star = at++;
      mark = item;
    } else if (part !== undefined && isOne(part, items[item]!)) {
      at++;
      item++;
    } else if (star >= 0) {
      at = star + 1;
      item = ++mark;
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}
