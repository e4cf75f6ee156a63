import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { ComfydockError } from "../base/mod.ts";
import { pyprojectErrors } from "./errors.ts";
import type {
  KeyPart,
  ListNode,
  Member,
  Section,
  TomlDocument,
  ValueNode,
} from "./toml_document.ts";

const LINE_REST = /[ \t]*(?:#[^\n]*|\r)?\n/y;

/**
 * Reads a TOML 1.0 text into a tree that keeps every byte.
 *
 * @param text The text; a byte order mark is kept.
 * @param name What the text is, for messages; mostly its path.
 * @throws `MANIFEST_INVALID` with line and column
 */
export function parseDocument(text: string, name: string): TomlDocument {
  const bom = text.startsWith("\ufeff") ? "\ufeff" : "";
  const body = text.slice(bom.length);
  const newline = /\r\n/.test(body.slice(0, body.indexOf("\n") + 1)) ? "\r\n" : "\n";
  const endsWithNewline = body === "" || body.endsWith("\n");
  const source = endsWithNewline ? body : body + newline;
  return new Reader(source).document(parseStrict(source, name), { bom, newline, endsWithNewline });
}

function parseStrict(source: string, name: string): AST.TOMLTopLevelTable {
  try {
    return parseTOML(source, { tomlVersion: "1.0" }).body[0];
  } catch (error) {
    const where = error instanceof ParseError ? `:${error.lineNumber}:${error.column + 1}` : "";
    const why = error instanceof Error ? error.message : String(error);
    throw new ComfydockError(
      pyprojectErrors.MANIFEST_INVALID,
      `Cannot read "${name}${where}" as TOML 1.0: ${why}`,
      { hint: `Correct the line in "${name}"`, details: { name }, cause: error },
    );
  }
}

class Reader {
  #cursor = 0;

  constructor(readonly source: string) {}

  document(
    top: AST.TOMLTopLevelTable,
    facts: Pick<TomlDocument, "bom" | "newline" | "endsWithNewline">,
  ): TomlDocument {
    const root: Section = { kind: "root", path: [], lead: "", head: "", members: [] };
    const sections = [root];
    for (const node of top.body) {
      if (node.type === "TOMLKeyValue") root.members.push(this.#line(node));
      else sections.push(this.#section(node));
    }
    return { ...facts, sections, tail: this.source.slice(this.#cursor) };
  }

  #section(node: AST.TOMLTable): Section {
    const start = this.source.lastIndexOf("\n", node.range[0]) + 1;
    const lead = this.#take(start);
    const head = this.#take(this.source.indexOf("\n", node.key.range[1]) + 1);
    const members = node.body.map((line) => this.#line(line));
    const kind = node.kind === "array" ? "element" : "table";
    return { kind, path: node.resolvedKey, lead, head, members };
  }

  #line(node: AST.TOMLKeyValue): Member {
    const lead = this.#take(node.range[0]);
    const key = this.#key(node);
    const value = this.#value(node.value);
    const tail = this.#take(this.source.indexOf("\n", this.#cursor) + 1);
    return { lead, key, value, gap: "", comma: false, tail };
  }

  #key(node: AST.TOMLKeyValue): KeyPart {
    const text = this.#take(node.key.range[1]);
    const names = node.key.keys.map((part) => part.type === "TOMLBare" ? part.name : part.value);
    return { text, names, separator: this.#take(node.value.range[0]) };
  }

  #value(node: AST.TOMLContentNode): ValueNode {
    if (node.type === "TOMLValue") {
      return { kind: "scalar", text: this.#take(node.range[1]), type: node.kind };
    }
    const isArray = node.type === "TOMLArray";
    const items = isArray ? node.elements : node.body;
    this.#take(node.range[0] + 1);
    const list: ListNode = {
      kind: isArray ? "array" : "inline",
      open: this.#lineRest(),
      members: [],
      end: "",
    };
    for (const [index, item] of items.entries()) {
      const following = items[index + 1]?.range[0] ?? node.range[1] - 1;
      list.members.push(this.#item(item, following));
    }
    list.end = this.#take(node.range[1] - 1);
    this.#take(node.range[1]);
    return list;
  }

  #item(node: AST.TOMLContentNode | AST.TOMLKeyValue, following: number): Member {
    const lead = this.#take(node.range[0]);
    const isField = node.type === "TOMLKeyValue";
    const key = isField ? this.#key(node) : undefined;
    const value = this.#value(isField ? node.value : node);
    const commaAt = this.#findComma(following);
    const gap = commaAt < 0 ? "" : this.#take(commaAt);
    if (commaAt >= 0) this.#take(commaAt + 1);
    return { lead, key, value, gap, comma: commaAt >= 0, tail: this.#lineRest() };
  }

  #findComma(before: number): number {
    for (let at = this.#cursor; at < before; at++) {
      if (this.source[at] === "#") at = this.source.indexOf("\n", at);
      else if (this.source[at] === ",") return at;
    }
    return -1;
  }

  #lineRest(): string {
    LINE_REST.lastIndex = this.#cursor;
    const found = LINE_REST.exec(this.source)?.[0] ?? "";
    this.#cursor += found.length;
    return found;
  }

  #take(until: number): string {
    const text = this.source.slice(this.#cursor, until);
    this.#cursor = until;
    return text;
  }
}
