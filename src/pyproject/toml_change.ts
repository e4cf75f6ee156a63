import {
  findDotted,
  findFirstBelow,
  findSlot,
  isDefined,
  listAt,
  placeForSection,
} from "./toml_find.ts";
import { addValue, indentOf } from "./toml_add.ts";
import { alignArrays } from "./toml_align.ts";
import { buildSections, rawValue, takesSections } from "./toml_build.ts";
import {
  type ListNode,
  type ScalarNode,
  startsWithPath,
  type TomlDocument,
  type TomlPath,
} from "./toml_document.ts";
import type { Draft } from "./toml_draft.ts";
import { splitLead } from "./toml_lead.ts";
import { insertSections } from "./toml_lines.ts";
import { insertIntoList, removeFromList } from "./toml_list.ts";
import { removeValue } from "./toml_remove.ts";
import { fieldsOf, isEmptyTable, renderInline, renderValue } from "./toml_render.ts";
import {
  isArray,
  isTable,
  isTableArray,
  sameValue,
  type TomlTable,
  type TomlValue,
} from "./toml_value.ts";

/** Changes a table so that it holds what is wanted, touching only what differs. */
export function changeTable(draft: Draft, path: TomlPath, old: TomlTable, wanted: TomlTable): void {
  for (const [key, value] of fieldsOf(wanted)) {
    if (Object.hasOwn(old, key)) changeValue(draft, [...path, key], old[key]!, value);
  }
  for (const [key, value] of fieldsOf(wanted)) {
    if (!Object.hasOwn(old, key)) addValue(draft, [...path, key], value);
  }
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(wanted, key));
  if (gone.length > 0 && isEmptyTable(wanted)) keepHeader(draft, path);
  for (const key of gone) removeValue(draft.document, [...path, key]);
  if (!isDefined(draft.document, path)) addValue(draft, path, wanted);
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
    removeValue(draft.document, path);
    addValue(draft, path, wanted);
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
      removeValue(draft.document, [...path, at]);
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
