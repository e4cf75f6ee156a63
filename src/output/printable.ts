import { redact } from "../base/mod.ts";

const COLOUR = "\\u001b\\[[0-9;]*m";
const CONTROL =
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f]";
const COLOUR_OR_CONTROL = new RegExp(`(${COLOUR})|${CONTROL}`, "g");
const COLOURS = new RegExp(COLOUR, "g");

/**
 * Makes a text safe to show on a terminal: secrets, control characters and direction marks are taken out.
 *
 * Colours, line ends and tabs stay, because views write them; a name from outside can neither move the cursor nor hide text.
 */
export function printable(text: string): string {
  return redact(text).replace(COLOUR_OR_CONTROL, (_match, colour) => colour ?? "");
}

/** Like {@linkcode printable}, for a text that must stay on one line. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, " ");
}

/** The number of columns that a text takes, colours not counted. */
export function visibleLength(text: string): number {
  return text.replace(COLOURS, "").length;
}

/** Makes every text in a value safe to publish, in keys and values, for the envelope. */
export function redactDeep(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redactDeep);
  if (typeof value !== "object" || value === null) return value;
  if ("toJSON" in value && typeof value.toJSON === "function") return redactDeep(value.toJSON());
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item)]),
  );
}
