import type { ScalarNode } from "./toml_document.ts";
import { isArray, isTable, isTableArray, type TomlTable, type TomlValue } from "./toml_value.ts";

/** The longest line that an array may make before it is broken into lines. */
const LINE_WIDTH = 100;
const INDENT = "    ";

/** Gives a key as TOML, quoted where it must be. */
export function renderKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : renderText(key);
}

/** Gives keys joined by dots. */
export function renderKeys(keys: readonly string[]): string {
  return keys.map(renderKey).join(".");
}

function renderText(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (character) => {
    const short = SHORT_ESCAPES[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/**
 * Gives a value on one line, as inline tables need it.
 *
 * @param like The value whose place it takes or beside which it stands; its quotes and its kind of number are kept.
 */
export function renderInline(value: TomlValue, like?: ScalarNode): string {
  if (typeof value === "string") return renderTextLike(value, like);
  if (typeof value === "number") return renderNumber(value, like?.type === "float");
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (isArray(value)) return `[${value.map((item) => renderInline(item)).join(", ")}]`;
  const fields = fieldsOf(value).map(([key, field]) =>
    `${renderKey(key)} = ${renderInline(field)}`
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function renderTextLike(text: string, like?: ScalarNode): string {
  const literal = like?.text.startsWith("'") && !like.text.startsWith("'''");
  return literal && !/'|\p{Cc}/u.test(text) ? `'${text}'` : renderText(text);
}

function renderNumber(value: number, asFloat: boolean): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  const isWhole = /^-?\d+$/.test(text);
  return isWhole && (asFloat || !Number.isSafeInteger(value)) ? `${text}.0` : text;
}

/**
 * Gives a value for a line of its own; an array that is long or lists several tables takes a line for each item.
 *
 * @param used How many columns stand before the value.
 * @param indent The indentation of the line.
 */
export function renderValue(
  value: TomlValue,
  { used, indent, newline }: {
    readonly used: number;
    readonly indent: string;
    readonly newline: string;
  },
): string {
  const line = renderInline(value);
  if (!isArray(value) || value.length === 0) return line;
  const severalTables = value.length > 1 && isTableArray(value);
  if (!severalTables && used + line.length <= LINE_WIDTH) return line;
  const items = value.map((item) => `${indent}${INDENT}${renderInline(item)},${newline}`);
  return `[${newline}${items.join("")}${indent}]`;
}

/** The fields of a table that are there. */
export function fieldsOf(table: TomlTable): [string, TomlValue][] {
  return Object.entries(table).filter((field): field is [string, TomlValue] =>
    field[1] !== undefined
  );
}

/** Tells whether a table has no field. */
export function isEmptyTable(value: TomlValue): boolean {
  return isTable(value) && fieldsOf(value).length === 0;
}
