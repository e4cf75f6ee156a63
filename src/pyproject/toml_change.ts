import {
  findDotted,
  findFirstBelow,
  findHeader,
  findSlot,
  isDefined,
  listAt,
  placeForSection,
} from "./toml_find.ts";
import {
  buildField,
  buildLine,
  buildSections,
  rawValue,
  takesSections,
  type TomlStyle,
} from "./toml_build.ts";
import { splitLead } from "./toml_lead.ts";
import { insertLine, insertSections, removeLine, removeSection } from "./toml_lines.ts";
import { insertIntoList, removeFromList } from "./toml_list.ts";
import { alignArrays } from "./toml_align.ts";
import {
  type Holder,
  type ListNode,
  type ScalarNode,
  type Section,
  startsWithPath,
  type TomlDocument,
  type TomlPath,
} from "./toml_document.ts";
import { fieldsOf, isEmptyTable, renderInline, renderValue } from "./toml_render.ts";
import {
  isArray,
  isTable,
  isTableArray,
  sameValue,
  type TomlTable,
  type TomlValue,
} from "./toml_value.ts";

/** A document under change, with the style of what is new in it. */
export interface Draft {
  readonly document: TomlDocument;
  readonly style: TomlStyle;
}

/** Changes a table so that it holds what is wanted, touching only what differs. */
export function changeTable(draft: Draft, path: TomlPath, old: TomlTable, wanted: TomlTable): void {
  for (const [key, value] of fieldsOf(wanted)) {
    if (Object.hasOwn(old, key)) changeValue(draft, [...path, key], old[key]!, value);
  }
  for (const [key, value] of fieldsOf(wanted)) {
    if (!Object.hasOwn(old, key)) add(draft, [...path, key], value);
  }
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(wanted, key));
  if (gone.length > 0 && isEmptyTable(wanted)) keepHeader(draft, path);
  for (const key of gone) remove(draft, [...path, key]);
  if (!isDefined(draft.document, path)) add(draft, path, wanted);
}

// A table that only its children define would go with the last of them.
function keepHeader({ document }: Draft, path: TomlPath): void {
  const first = findFirstBelow(document, path);
  if (first < 0 || document.sections[first]!.path.length === path.length) return;
  if (findDotted(document, path)) return;
  const indent = indentOf(document.sections[first]!);
  const style = { inline: () => false };
  insertSections(document, first, buildSections(path, {}, document, style, indent));
}

function changeValue(draft: Draft, path: TomlPath, old: TomlValue, wanted: TomlValue): void {
  if (sameValue(old, wanted)) return;
  if (isTable(old) && isTable(wanted)) return changeTable(draft, path, old, wanted);
  const slot = findSlot(draft.document, path);
  if (isArray(old) && isArray(wanted)) {
    const list = slot && listAt(slot);
    if (list) return changeArray(draft, list, path, old, wanted);
    if (isTableArray(old) && isTableArray(wanted)) return changeElements(draft, path, old, wanted);
  }
  const isLine = slot && slot.holder.kind !== "array" && slot.holder.kind !== "inline";
  if (!slot || (isLine && takesSections(wanted, path, draft.style))) {
    remove(draft, path);
    add(draft, path, wanted);
    return;
  }
  const member = slot.holder.members[slot.index]!;
  const like = member.value.kind === "scalar" ? member.value : undefined;
  const text = isLine && isArray(wanted)
    ? renderValue(wanted, {
      used: 0,
      indent: splitLead(member.lead).indent,
      newline: draft.document.newline,
    })
    : renderInline(wanted, like);
  member.value = rawValue(text);
}

function changeArray(
  draft: Draft,
  list: ListNode,
  path: TomlPath,
  old: readonly TomlValue[],
  wanted: readonly TomlValue[],
): void {
  for (const { oldFrom, oldTo, newFrom, newTo } of alignArrays(old, wanted).reverse()) {
    const paired = Math.min(oldTo - oldFrom, newTo - newFrom);
    for (let at = oldTo - 1; at >= oldFrom + paired; at--) removeFromList(list, at);
    for (let at = newFrom + paired; at < newTo; at++) {
      const value = rawValue(renderInline(wanted[at]!, siblingOf(list)));
      insertIntoList(list, oldFrom + at - newFrom, { value }, draft.document.newline);
    }
    for (let at = 0; at < paired; at++) {
      changeValue(draft, [...path, oldFrom + at], old[oldFrom + at]!, wanted[newFrom + at]!);
    }
  }
}

function siblingOf(list: ListNode): ScalarNode | undefined {
  const value = list.members.at(-1)?.value;
  return value?.kind === "scalar" ? value : undefined;
}

function changeElements(
  draft: Draft,
  path: TomlPath,
  old: readonly TomlTable[],
  wanted: readonly TomlTable[],
): void {
  for (const { oldFrom, oldTo, newFrom, newTo } of alignArrays(old, wanted).reverse()) {
    const paired = Math.min(oldTo - oldFrom, newTo - newFrom);
    for (let at = newFrom + paired; at < newTo; at++) {
      insertElement(draft, path, oldFrom + at - newFrom, wanted[at]!);
    }
    for (let at = oldTo - 1; at >= oldFrom + paired; at--) {
      remove(draft, [...path, at]);
      renumber(draft.document, path, at, -1);
    }
    for (let at = 0; at < paired; at++) {
      changeTable(draft, [...path, oldFrom + at], old[oldFrom + at]!, wanted[newFrom + at]!);
    }
  }
}

function insertElement(draft: Draft, path: TomlPath, index: number, element: TomlTable): void {
  const { document, style } = draft;
  const following = findFirstBelow(document, [...path, index]);
  const place = following < 0 ? placeForSection(document, path) : following;
  const indent = indentOf(document.sections[findFirstBelow(document, path)]);
  renumber(document, path, index, 1);
  insertSections(
    document,
    place,
    buildSections([...path, index], element, document, style, indent),
  );
}

function renumber(document: TomlDocument, path: TomlPath, from: number, by: number): void {
  for (const section of document.sections) {
    const index = section.path[path.length];
    if (typeof index !== "number" || index < from || !startsWithPath(section.path, path)) continue;
    section.path = [...path, index + by, ...section.path.slice(path.length + 1)];
  }
}

function remove({ document }: Draft, path: TomlPath): void {
  const slot = findSlot(document, path);
  if (slot) return removeMember(document, slot.holder, slot.index);
  for (let at = document.sections.length - 1; at > 0; at--) {
    if (startsWithPath(document.sections[at]!.path, path)) removeSection(document, at);
  }
  for (;;) {
    const dotted = findDotted(document, path);
    if (!dotted) return;
    removeMember(document, dotted.holder, dotted.index);
  }
}

function removeMember(document: TomlDocument, holder: Holder, index: number): void {
  if (isList(holder)) removeFromList(holder, index);
  else removeLine(document, holder, index);
}

function add(draft: Draft, path: TomlPath, value: TomlValue): void {
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

function isList(holder: Holder): holder is ListNode {
  return holder.kind === "array" || holder.kind === "inline";
}

function indentOf(section: Section | undefined): string {
  return section ? /^[ \t]*/.exec(section.head)![0] : "";
}
