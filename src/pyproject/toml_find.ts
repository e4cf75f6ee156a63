import {
  type Holder,
  type ListNode,
  startsWithPath,
  type TomlDocument,
  type TomlPath,
} from "./toml_document.ts";

/** Where one member stands. */
export interface Slot {
  readonly holder: Holder;
  readonly index: number;
}

/** A table that dotted keys define: `rest` is its name inside the holder, `index` the last such member. */
export interface DottedTable extends Slot {
  readonly rest: readonly string[];
}

/** Finds the member that defines exactly this path: a key-value line, a field or an item. */
export function findSlot(document: TomlDocument, path: TomlPath): Slot | undefined {
  for (const section of document.sections) {
    if (section.path.length >= path.length || !startsWithPath(path, section.path)) continue;
    const slot = findIn(section, path.slice(section.path.length));
    if (slot) return slot;
  }
  return undefined;
}

function findIn(holder: Holder, rest: TomlPath): Slot | undefined {
  if (holder.kind === "array") {
    const index = rest[0];
    if (typeof index !== "number" || index >= holder.members.length) return undefined;
    return rest.length === 1 ? { holder, index } : findBelow(holder, index, rest.slice(1));
  }
  for (const [index, member] of holder.members.entries()) {
    const names = member.key?.names ?? [];
    if (!startsWithPath(rest, names)) continue;
    if (names.length === rest.length) return { holder, index };
    return findBelow(holder, index, rest.slice(names.length));
  }
  return undefined;
}

function findBelow(holder: Holder, index: number, rest: TomlPath): Slot | undefined {
  const list = listAt({ holder, index });
  return list && findIn(list, rest);
}

/** The array or inline table at a slot. */
export function listAt({ holder, index }: Slot): ListNode | undefined {
  const value = holder.members[index]!.value;
  return value.kind === "scalar" ? undefined : value;
}

/** Finds the dotted keys that define the table at a path. */
export function findDotted(document: TomlDocument, path: TomlPath): DottedTable | undefined {
  for (const section of document.sections) {
    if (section.path.length >= path.length || !startsWithPath(path, section.path)) continue;
    const found = dottedIn(section, path.slice(section.path.length));
    if (found) return found;
  }
  return undefined;
}

function dottedIn(holder: Holder, rest: TomlPath): DottedTable | undefined {
  let last = -1;
  for (const [index, { key }] of holder.members.entries()) {
    const names = key?.names ?? [index];
    if (names.length > rest.length && startsWithPath(names, rest)) last = index;
    else if (names.length < rest.length && startsWithPath(rest, names)) {
      const list = listAt({ holder, index });
      const found = list && dottedIn(list, rest.slice(names.length));
      if (found) return found;
    }
  }
  if (last < 0) return undefined;
  return { holder, index: last, rest: rest.filter((part) => typeof part === "string") };
}

/** The position of the section whose header names exactly this path, or -1. */
export function findHeader(document: TomlDocument, path: TomlPath): number {
  return document.sections.findIndex((section) =>
    section.path.length === path.length && startsWithPath(section.path, path)
  );
}

/** The position of the first section at or below a path, or -1. */
export function findFirstBelow(document: TomlDocument, path: TomlPath): number {
  return document.sections.findIndex((section) => startsWithPath(section.path, path));
}

/** The position after the last section that shares the longest part of a path. */
export function placeForSection(document: TomlDocument, path: TomlPath): number {
  for (let length = path.length; length > 0; length--) {
    const prefix = path.slice(0, length);
    const last = document.sections.findLastIndex((section) => startsWithPath(section.path, prefix));
    if (last >= 0) return last + 1;
  }
  return document.sections.length;
}

/** Tells whether anything in the document defines a path. */
export function isDefined(document: TomlDocument, path: TomlPath): boolean {
  return path.length === 0 || findFirstBelow(document, path) >= 0 ||
    findSlot(document, path) !== undefined || findDotted(document, path) !== undefined;
}
