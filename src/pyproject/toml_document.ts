/**
 * A TOML text as a tree that keeps every byte: printing an unchanged tree gives the text it came from.
 *
 * @module
 */

/** Keys and array positions from the root of a document. */
export type TomlPath = readonly (string | number)[];

/** A key with the text around it. */
export interface KeyPart {
  /** As written, such as `a."b c"`. */
  text: string;
  /** The same as names. */
  names: readonly string[];
  /** From the key to its value, such as ` = `. */
  separator: string;
}

/** A key-value line, an item of an array, or a field of an inline table. */
export interface Member {
  /** Whitespace, blank lines and comments before it, its indentation last. */
  lead: string;
  /** Absent in arrays. */
  key?: KeyPart;
  value: ValueNode;
  /** Between the value and its comma. */
  gap: string;
  comma: boolean;
  /** The rest of the line with its comment and line end; empty when something follows on the line. */
  tail: string;
}

/** A value written as one token. */
export interface ScalarNode {
  readonly kind: "scalar";
  text: string;
  /** `string`, `integer`, `float`, `boolean`, or a kind of date; `raw` for what an edit has written. */
  readonly type: string;
}

/** An array or an inline table. */
export interface ListNode {
  readonly kind: "array" | "inline";
  /** The rest of the line after the opening bracket, when a line end follows it. */
  open: string;
  members: Member[];
  /** Before the closing bracket. */
  end: string;
}

/** What stands behind `=` or in an array. */
export type ValueNode = ScalarNode | ListNode;

/** A header with the lines below it; the first section of a document has no header. */
export interface Section {
  readonly kind: "root" | "table" | "element";
  /** Numbers stand for positions in arrays of tables. */
  path: TomlPath;
  /** Blank lines and comments before the header line. */
  lead: string;
  /** The whole header line. */
  head: string;
  members: Member[];
}

/** A whole text. */
export interface TomlDocument {
  readonly bom: string;
  readonly newline: "\n" | "\r\n";
  /** Whether the last line of the text ends with a line end. */
  readonly endsWithNewline: boolean;
  sections: Section[];
  /** What follows the last line of content. */
  tail: string;
}

/** Whatever holds members. */
export type Holder = Section | ListNode;

/** Gives the text of a tree. */
export function printDocument(document: TomlDocument): string {
  const body = document.sections.map(printSection).join("") + document.tail;
  const text = document.endsWithNewline ? body : body.replace(/\r?\n$/, "");
  return document.bom + text;
}

function printSection(section: Section): string {
  return section.lead + section.head + section.members.map(printMember).join("");
}

function printMember({ lead, key, value, gap, comma, tail }: Member): string {
  const name = key ? key.text + key.separator : "";
  return lead + name + printValue(value) + gap + (comma ? "," : "") + tail;
}

/** Gives the text of a value. */
export function printValue(value: ValueNode): string {
  if (value.kind === "scalar") return value.text;
  const [left, right] = value.kind === "array" ? "[]" : "{}";
  return left + value.open + value.members.map(printMember).join("") + value.end + right;
}

/** Tells whether `path` begins with `prefix`. */
export function startsWithPath(path: TomlPath, prefix: TomlPath): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === path[index]);
}

/** Tells whether two paths are the same. */
export function samePath(left: TomlPath, right: TomlPath): boolean {
  return left.length === right.length && startsWithPath(left, right);
}

/** Whether a holder is an array or an inline table, whose members stand between commas. */
export function isList(holder: Holder): holder is ListNode {
  return holder.kind === "array" || holder.kind === "inline";
}
