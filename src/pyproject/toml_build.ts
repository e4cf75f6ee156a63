import type { KeyPart, Section, TomlDocument, TomlPath, ValueNode } from "./toml_document.ts";
import { fieldsOf, renderInline, renderKeys, renderValue } from "./toml_render.ts";
import { isTable, isTableArray, type TomlTable, type TomlValue } from "./toml_value.ts";

/** How new tables are laid out where no neighbour shows it. */
export interface TomlStyle {
  /** Tells whether the table, or array of tables, at this path is written on the line of its key. */
  readonly inline: (path: TomlPath) => boolean;
  /** Names the table that a new one at this path stands behind, if it is there; else it goes to the end. */
  readonly follows?: (path: TomlPath) => TomlPath | undefined;
}

/** Tells whether a value becomes sections with headers of their own. */
export function takesSections(value: TomlValue, path: TomlPath, style: TomlStyle): boolean {
  return (isTable(value) || isTableArray(value)) && !style.inline(path);
}

/** A value as a node of text. */
export function rawValue(text: string): ValueNode {
  return { kind: "scalar", text, type: "raw" };
}

/** A key and its value on one line, for inline tables. */
export function buildField(
  names: readonly string[],
  value: TomlValue,
): { key: KeyPart; value: ValueNode } {
  const key = { text: renderKeys(names), names, separator: " = " };
  return { key, value: rawValue(renderInline(value)) };
}

/** A key and its value for a line of its own. */
export function buildLine(
  names: readonly string[],
  value: TomlValue,
  { indent, newline, separator = " = " }: {
    readonly indent: string;
    readonly newline: string;
    readonly separator?: string;
  },
): { key: KeyPart; value: ValueNode } {
  const key = { text: renderKeys(names), names, separator };
  const used = indent.length + key.text.length + separator.length;
  return { key, value: rawValue(renderValue(value, { used, indent, newline })) };
}

/**
 * Lays a table, or an array of tables, out in sections.
 *
 * @param path Where it stands; an element of an array of tables ends with its position.
 * @param indent The indentation of the new headers and lines.
 */
export function buildSections(
  path: TomlPath,
  value: TomlTable | readonly TomlTable[],
  document: TomlDocument,
  style: TomlStyle,
  indent = "",
): Section[] {
  if (!isTable(value)) {
    return value.flatMap((item, index) =>
      buildSections([...path, index], item, document, style, indent)
    );
  }
  const isElement = typeof path.at(-1) === "number";
  const fields = fieldsOf(value);
  const below = fields.filter(([key, field]) => takesSections(field, [...path, key], style));
  const lines = fields.filter((field) => !below.includes(field));
  const sections: Section[] = [];
  if (isElement || lines.length > 0 || below.length === 0) {
    sections.push(headSection(path, lines, document.newline, indent));
  }
  for (const [key, field] of below) {
    if (!isTable(field) && !isTableArray(field)) continue;
    sections.push(...buildSections([...path, key], field, document, style, indent));
  }
  return sections;
}

function headSection(
  path: TomlPath,
  lines: readonly (readonly [string, TomlValue])[],
  newline: string,
  indent: string,
): Section {
  const isElement = typeof path.at(-1) === "number";
  const name = renderKeys(path.filter((part) => typeof part === "string"));
  const head = `${indent}${isElement ? `[[${name}]]` : `[${name}]`}${newline}`;
  const members = lines.map(([key, value]) => ({
    ...buildLine([key], value, { indent, newline }),
    lead: indent,
    gap: "",
    comma: false,
    tail: newline,
  }));
  return { kind: isElement ? "element" : "table", path, lead: "", head, members };
}
