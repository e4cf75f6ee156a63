import { locate, skipValue } from "./scan.ts";
import type { JsonPath } from "./types.ts";

/** Writes a path as people read it, such as `$.nodes[3].id`; a key that is no plain word stands in quotes. */
export function showJsonPath(path: JsonPath): string {
  const parts = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `$${parts.join("")}`;
}

/**
 * Tells the line on which the value of a path begins, counted from 1.
 *
 * @param text Valid JSON.
 * @param path Of a path that leads nowhere, the part counts that leads somewhere.
 */
export function lineOfJson(text: string, path: JsonPath): number {
  for (let length = path.length; length > 0; length--) {
    const at = locate(text, path.slice(0, length));
    if (at !== undefined) return lineOfOffset(text, at);
  }
  return 1;
}

/** Where the value of a path begins and ends in the text, or nothing where the path leads nowhere. */
export function rangeOfJson(
  text: string,
  path: JsonPath,
): { readonly start: number; readonly end: number } | undefined {
  const start = locate(text, path);
  return start === undefined ? undefined : { start, end: skipValue(text, start) };
}

/** Tells the line that an offset is in, counted from 1. */
export function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
