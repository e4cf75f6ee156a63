import { MAX_NAME } from "./node_key.ts";

const MAX_PATTERN = 300;
const MAX_REPEATS = 2;
const MAX_OPTIONAL = 6;

/** One part of a pattern: an escape, a class in brackets, a group's begin or any other character. */
const TOKEN = /\\(?:[^])|\[(?:\\[^]|[^\]\\])*\]|\((?:\?[:=!<]?)?|[^]/g;

/**
 * Compiles a `nodename_pattern` of ComfyUI-Manager's data so that no pattern can hold a program up.
 *
 * Anyone may publish one, so only what cannot backtrack without bounds is taken: at most 300 characters, no repeated
 * group, no reference, no look-around, and in one alternative at most two `*`, `+` or `{…}` and six `?`. With names of
 * at most 200 characters a match then takes some million steps at worst, and microseconds for every pattern in use.
 *
 * @returns Nothing when the pattern is invalid or not taken.
 */
export function compileNamePattern(pattern: string): ((name: string) => boolean) | undefined {
  if (pattern === "" || pattern.length > MAX_PATTERN || !isTame(pattern)) return undefined;
  try {
    const expression = new RegExp(pattern);
    return (name) => name.length <= MAX_NAME && expression.test(name);
  } catch {
    // Python takes some patterns that the language here does not; they are kept and match nothing.
    return undefined;
  }
}

function isTame(pattern: string): boolean {
  let repeats = 0;
  let optionals = 0;
  let depth = 0;
  let before = "";
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (/^\\[1-9k]/.test(token) || /^\(\?(?!:)/.test(token)) return false;
    if (token.startsWith("(")) depth++;
    if (token === ")") depth--;
    if (/^[*+?{]$/.test(token)) {
      if (before === ")") return false;
      if (token === "?" ? ++optionals > MAX_OPTIONAL : ++repeats > MAX_REPEATS) return false;
    } else if (token === "|" && depth === 0) {
      repeats = optionals = 0;
    }
    before = token;
  }
  return true;
}
