import type { JsonContainer, JsonMember, JsonPath } from "./types.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the members of the object or list that begins at an offset.
 *
 * @param text Valid JSON.
 * @returns Nothing when another value begins there.
 */
export function readContainer(text: string, start: number): JsonContainer | undefined {
  const kind = kindAt(text, start);
  if (kind === undefined) return undefined;
  const members: JsonMember[] = [];
  const rest = membersFrom(text, start);
  for (;;) {
    const step = rest.next();
    if (step.done) return { kind, start, end: step.value, members };
    members.push(step.value);
  }
}

/** What kind of container begins at an offset, or nothing when another value does. */
export function kindAt(text: string, start: number): JsonContainer["kind"] | undefined {
  return text[start] === "{" ? "object" : text[start] === "[" ? "list" : undefined;
}

/**
 * Reads the members of the container that begins at an offset one by one, and no further than they are asked for.
 *
 * @returns The offset behind its closing bracket.
 */
export function* membersFrom(text: string, start: number): Generator<JsonMember, number> {
  const isObject = kindAt(text, start) === "object";
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index++) {
    const memberStart = at;
    let key: string | number = index;
    if (isObject) {
      const keyEnd = skipText(text, at);
      key = JSON.parse(text.slice(at, keyEnd));
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const end = skipValue(text, at);
    yield { key, start: memberStart, valueStart: at, end };
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return at + 1;
}

/** Where the value of a path begins; of a key that comes twice the last one counts, as in `JSON.parse`. */
export function locate(text: string, path: JsonPath): number | undefined {
  let at: number | undefined = skipSpace(text, 0);
  for (const key of path) {
    const container: JsonContainer | undefined = readContainer(text, at);
    at = container?.members.findLast((member) => member.key === key)?.valueStart;
    if (at === undefined) return undefined;
  }
  return at;
}

/** The offset of the first character that is not white space; a byte order mark counts as such. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0xfeff) {
      return at;
    }
  }
}

/** The offset behind the value that begins at an offset. */
export function skipValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return skipText(text, start);
  let at = start;
  if (first !== 0x7b && first !== 0x5b) {
    while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
    return at;
  }
  for (let depth = 0;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipText(text, at);
      continue;
    }
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    at++;
    if (depth === 0) return at;
  }
}

function skipText(text: string, start: number): number {
  for (let at = start + 1;; at++) {
    const end = text.indexOf('"', at);
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
    at = end;
  }
}
