import { renderInline, renderKey, renderKeys } from "../../src/pyproject/toml_render.ts";
import {
  isTable,
  isTableArray,
  type TomlTable,
  type TomlValue,
} from "../../src/pyproject/toml_value.ts";

/** Draws numbers in [0, 1). */
export type Draw = () => number;

/** A repeatable source of numbers (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Picks one of several. */
export function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  return items[Math.floor(draw() * items.length)]!;
}

const KEYS = ["a", "b", "c", "d-e", "f_1", "x.y", "sp ace", "", 'q"t', "é", "1", "__proto__"];
const SCALARS: readonly TomlValue[] = [
  "",
  "text",
  'it\'s "quoted"',
  "back\\slash",
  "line\nbreak\r\n\ttab \u0001 \u007f",
  "# no comment, ] } =",
  "日本 😀",
  0,
  -7,
  1.5,
  1e-7,
  1e300,
  -0,
  9007199254740993n,
  -9223372036854775808n,
  Infinity,
  true,
  false,
  new Date("2024-02-29T12:30:00.250Z"),
];

/** Draws a value; tables and arrays become rarer with depth. */
export function drawValue(draw: Draw, depth: number): TomlValue {
  const roll = draw();
  if (depth <= 0 || roll < 0.45) return pick(draw, SCALARS);
  if (roll < 0.7) return drawTable(draw, depth - 1);
  if (roll < 0.85) return drawList(draw, () => drawTable(draw, depth - 1));
  return drawList(draw, () => drawValue(draw, depth - 1));
}

function drawList(draw: Draw, item: () => TomlValue): TomlValue[] {
  return Array.from({ length: Math.floor(draw() * 4) }, item);
}

/** Draws a table of at most `most` fields. */
export function drawTable(draw: Draw, depth: number, most = 3): Record<string, TomlValue> {
  const table: Record<string, TomlValue> = Object.create(null);
  const size = Math.floor(draw() * (most + 1));
  for (let count = 0; count < size; count++) table[pick(draw, KEYS)] = drawValue(draw, depth);
  return table;
}

/** Changes a copy of a table at one random place. */
export function drawEdit(draw: Draw, value: TomlTable): TomlTable {
  const copy = copyOf(value) as Record<string, TomlValue>;
  const places: (Record<string, TomlValue> | TomlValue[])[] = [];
  const visit = (at: TomlValue) => {
    if (Array.isArray(at)) places.push(at), at.forEach(visit);
    else if (isTable(at)) {
      places.push(at as Record<string, TomlValue>);
      Object.values(at).forEach((field) => visit(field!));
    }
  };
  visit(copy);
  const place = pick(draw, places);
  if (Array.isArray(place)) {
    const index = Math.floor(draw() * (place.length + 1));
    const fresh = place.some(isTable) && draw() < 0.7 ? drawTable(draw, 2) : drawValue(draw, 2);
    place.splice(index, draw() < 0.5 ? 1 : 0, ...(draw() < 0.6 ? [fresh] : []));
  } else if (draw() < 0.4 && Object.keys(place).length > 0) {
    delete place[pick(draw, Object.keys(place))];
  } else place[pick(draw, KEYS)] = drawValue(draw, 3);
  return copy;
}

/** A deep copy that keeps dates. */
export function copyOf(value: TomlValue): TomlValue {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isTable(value)) return value;
  const copy: Record<string, TomlValue> = Object.create(null);
  for (const [key, field] of Object.entries(value)) copy[key] = copyOf(field!);
  return copy;
}

/** Writes a table as TOML the way people do: sections, dotted keys, inline tables, comments and blank lines mixed. */
export function writeWildly(draw: Draw, table: TomlTable): string {
  const newline = draw() < 0.25 ? "\r\n" : "\n";
  const body = writeSection(draw, [], table, false).join("\n");
  const text = `${trivia(draw)}${body}${body === "" ? "" : "\n"}${trivia(draw)}`;
  const trimmed = draw() < 0.2 ? text.replace(/\n$/, "") : text;
  return (draw() < 0.1 ? "\ufeff" : "") + trimmed.replaceAll("\n", newline);
}

function writeSection(draw: Draw, path: string[], table: TomlTable, isElement: boolean): string[] {
  const lines: string[] = [];
  const below: [string, TomlTable | readonly TomlTable[]][] = [];
  const indent = draw() < 0.15 ? "  " : "";
  for (const [key, value] of Object.entries(table) as [string, TomlValue][]) {
    if ((isTable(value) || isTableArray(value)) && draw() < 0.7) below.push([key, value]);
    else if (isTable(value) && Object.keys(value).length > 0 && draw() < 0.5) {
      for (const [name, field] of Object.entries(value)) {
        lines.push(line(draw, indent, renderKeys([key, name]), field!));
      }
    } else lines.push(line(draw, indent, renderKey(key), value));
  }
  const head = isElement ? `[[${renderKeys(path)}]]` : `[${renderKeys(path)}]`;
  const needsHead = isElement || (path.length > 0 && (lines.length > 0 || below.length === 0));
  const parts = needsHead ? [`${trivia(draw)}${indent}${head}${remark(draw)}`, ...lines] : lines;
  for (const [key, value] of below) {
    const items = isTable(value) ? [value] : value;
    for (const item of items) {
      parts.push(...writeSection(draw, [...path, key], item, item !== value));
    }
  }
  return parts;
}

function line(draw: Draw, indent: string, key: string, value: TomlValue): string {
  const separator = pick(draw, [" = ", " = ", "=", "  =  "]);
  return `${trivia(draw)}${indent}${key}${separator}${writeValue(draw, value)}${remark(draw)}`;
}

function writeValue(draw: Draw, value: TomlValue): string {
  if (typeof value === "string" && draw() < 0.3 && !/['\p{Cc}]/u.test(value)) return `'${value}'`;
  if (!Array.isArray(value)) return renderInline(value);
  const items = value.map((item) => writeValue(draw, item));
  const style = draw();
  if (style < 0.4) return `[${items.join(", ")}]`;
  if (style < 0.5) return `[ ${items.join(" ,")} ]`;
  const glue = () => pick(draw, [`,${remark(draw)}\n    `, `,\n  # above\n    `, ", ", "\n  ,"]);
  const inner = items.map((item, at) => item + (at < items.length - 1 ? glue() : "")).join("");
  const comma = items.length > 0 && draw() < 0.5 ? "," : "";
  return `[${remark(draw)}\n    ${inner}${comma}${
    pick(draw, ["", "\n", `${remark(draw)}\n  # last\n`])
  }]`;
}

function remark(draw: Draw): string {
  return pick(draw, ["", "", "", " # remark", "  #, ] tricky", "  "]);
}

function trivia(draw: Draw): string {
  return pick(draw, ["", "", "", "\n", "\n\n", "# above\n", "# apart\n\n", "\n# one\n# two\n"]);
}
