import { buildField, buildLine, buildSections, takesSections } from "./toml_build.ts";
import {
  type Holder,
  isList,
  type Section,
  startsWithPath,
  type TomlPath,
} from "./toml_document.ts";
import type { Draft } from "./toml_draft.ts";
import {
  findDotted,
  findFirstBelow,
  findHeader,
  findSlot,
  listAt,
  placeForSection,
} from "./toml_find.ts";
import { splitLead } from "./toml_lead.ts";
import { insertLine, insertSections } from "./toml_lines.ts";
import { insertIntoList } from "./toml_list.ts";
import { isTable, isTableArray, type TomlValue } from "./toml_value.ts";

/** Adds a value that a document does not have, where its neighbours stand and as they are written. */
export function addValue(draft: Draft, path: TomlPath, value: TomlValue): void {
  const { document, style } = draft;
  const parent = path.slice(0, -1);
  if (addInside(draft, path, value)) return;
  if (wantsSections(draft, path, value) && (isTable(value) || isTableArray(value))) {
    const place = placeForSection(document, style.follows?.(path) ?? parent);
    const indent = indentOf(
      document.sections.findLast((section) =>
        section.path.length === path.length && startsWithPath(section.path, parent)
      ),
    );
    insertSections(document, place, buildSections(path, value, document, style, indent));
    return;
  }
  const header = findHeader(document, parent);
  const name = String(path.at(-1));
  if (header >= 0) {
    const section = document.sections[header]!;
    addLine(draft, section, section.members.length, [name], value);
    return;
  }
  const first = findFirstBelow(document, parent);
  const place = first < 0 ? placeForSection(document, parent.slice(0, -1)) : first;
  const sections = buildSections(parent, {}, document, { inline: () => true });
  insertSections(document, place, sections);
  addLine(draft, sections[0]!, 0, [name], value);
}

// Where an inline table or dotted keys define an ancestor, no header may add to it.
function addInside(draft: Draft, path: TomlPath, value: TomlValue): boolean {
  const { document } = draft;
  for (let length = path.length - 1; length > 0; length--) {
    const names = path.slice(length).map(String);
    const ancestor = path.slice(0, length);
    const slot = findSlot(document, ancestor);
    const list = slot && listAt(slot);
    if (list) {
      insertIntoList(list, list.members.length, buildField(names, value), document.newline);
      return true;
    }
    const dotted = findDotted(document, ancestor);
    if (dotted) {
      addMember(draft, dotted.holder, dotted.index + 1, [...dotted.rest, ...names], value);
      return true;
    }
  }
  return false;
}

function addMember(
  draft: Draft,
  holder: Holder,
  index: number,
  names: readonly string[],
  value: TomlValue,
): void {
  if (!isList(holder)) return addLine(draft, holder, index, names, value);
  insertIntoList(holder, index, buildField(names, value), draft.document.newline);
}

function addLine(
  { document }: Draft,
  section: Section,
  index: number,
  names: readonly string[],
  value: TomlValue,
): void {
  const neighbour = section.members[index - 1];
  const indent = neighbour ? splitLead(neighbour.lead).indent : indentOf(section);
  const separator = neighbour?.key?.separator === "=" ? "=" : " = ";
  const line = buildLine(names, value, { indent, newline: document.newline, separator });
  insertLine(document, section, index, line);
}

function wantsSections({ document, style }: Draft, path: TomlPath, value: TomlValue): boolean {
  if (!takesSections(value, path, style)) return false;
  if (!isTable(value)) return true;
  const parent = path.slice(0, -1);
  const below = document.sections.some((section) =>
    section.path.length > parent.length && startsWithPath(section.path, parent)
  );
  const header = document.sections[findHeader(document, parent)];
  return below || !header?.members.some((member) => member.value.kind === "inline");
}

/** The indentation of a section's header. */
export function indentOf(section: Section | undefined): string {
  return section ? /^[ \t]*/.exec(section.head)![0] : "";
}
