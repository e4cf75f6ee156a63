import type { JsonContainer, JsonValue } from "./types.ts";

/** How a JSON text is laid out. */
export interface JsonStyle {
  /** One level of indentation; empty where everything stands on one line. */
  readonly indent: string;
  /** `\n` or `\r\n`. */
  readonly newline: string;
  /** What follows a comma within a line, and a colon. */
  readonly afterComma: string;
  readonly afterColon: string;
  /** Whether lists of texts and numbers stand on one line although objects do not. */
  readonly shortLists: boolean;
}

/** Reads the layout off a text. */
export function readStyle(text: string): JsonStyle {
  const indented = /^\s*[[{](\r?\n)([ \t]+)/.exec(text);
  const colon = /"(?:[^"\\]|\\.)*"\s*:([ \t]*)/.exec(text);
  // After a number or a closing bracket there is no doubt that the comma is one of the layout.
  const comma = /\["(?:[^"\\]|\\.)*",([ \t]*)"/.exec(text) ?? /[\d\]}],([ \t]*)[^\s]/.exec(text);
  const list = /":[ \t]*\[(\s*)["\d\-tfn]/.exec(text);
  return {
    indent: indented?.[2] ?? "",
    newline: indented?.[1] ?? "\n",
    afterComma: comma?.[1] ?? "",
    afterColon: colon?.[1] ?? "",
    shortLists: list !== null && !list[1]!.includes("\n"),
  };
}

/** What stands between members of a container: a line break with indentation, or what follows a comma. */
export function gapOf(text: string, container: JsonContainer, style: JsonStyle): string {
  const [first, second] = container.members;
  if (first && second) return text.slice(text.indexOf(",", first.end) + 1, second.start);
  if (first) {
    const gap = text.slice(container.start + 1, first.start);
    return gap.includes("\n") ? gap : style.afterComma;
  }
  return style.indent === ""
    ? style.afterComma
    : lineAt(text, container.start, style) + style.indent;
}

/** The line break and the indentation of the line that an offset is in. */
export function lineAt(text: string, offset: number, { newline }: JsonStyle): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return newline + (/^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "");
}

/**
 * Prints a value in a layout.
 *
 * @param line The line break and indentation that its own closing bracket gets; without one it stands on one line.
 */
export function renderJson(value: JsonValue, style: JsonStyle, line?: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const flat = list && style.shortLists && !value.some((item) => typeof item === "object");
  const inner = line === undefined || style.indent === "" || flat ? undefined : line + style.indent;
  const items = list
    ? value.map((item: JsonValue) => renderJson(item, style, inner))
    : Object.entries(value).map(([key, item]) =>
      `${JSON.stringify(key)}:${style.afterColon}${renderJson(item, style, inner)}`
    );
  const [open, close] = list ? "[]" : "{}";
  if (items.length === 0) return `${open}${close}`;
  return inner === undefined
    ? `${open}${items.join(`,${style.afterComma}`)}${close}`
    : `${open}${inner}${items.join(`,${inner}`)}${line}${close}`;
}
