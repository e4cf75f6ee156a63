import { parseToml } from "../base/mod.ts";
import type { TomlStyle } from "./toml_build.ts";
import { findHeader } from "./toml_find.ts";
import type { TomlDocument, TomlPath } from "./toml_document.ts";
import { editDocument } from "./toml_edit.ts";
import { readTable } from "./fields.ts";
import { parseDocument } from "./toml_parse.ts";
import { fieldsOf, isEmptyTable } from "./toml_render.ts";
import { isTable, normalizeTable, type TomlTable, type TomlValue } from "./toml_value.ts";

/** A change of a manifest as a pure function from all its tables to what they shall be. */
export type ManifestEdit = (tables: TomlTable) => TomlTable;

/** How comfydock lays out what is new: requirements, sources and the places of models stay on the line of their key. */
export const manifestStyle: TomlStyle = {
  inline: ([first, second, third, fourth, ...rest]) =>
    (first === "dependency-groups" && second !== undefined) ||
    (second === "uv" && third === "sources" && fourth !== undefined) ||
    (second === "comfydock" && third === "models" &&
      (rest[0] === "sources" || rest[0] === "meta")),
  follows: ([first]) => first === "dependency-groups" ? ["project"] : undefined,
};

/**
 * Carries out changes of a manifest; the difference to the old text is only what changes.
 *
 * Tables that the changes have emptied go, unless they had a header before there was anything in them.
 *
 * @param text The manifest as it is.
 * @param edits Carried out in order, as one.
 * @param name What the text is, for messages; mostly its path.
 * @throws `MANIFEST_INVALID`, `MANIFEST_EDIT_FAILED`, and what the edits throw
 */
export function editManifest(text: string, edits: readonly ManifestEdit[], name: string): string {
  const document = parseDocument(text, name);
  const old = readTable(parseToml(text, name), name).table;
  const changed = normalizeTable(edits.reduce((tables, edit) => edit(tables), old));
  const wanted = pruneEmptied(document, [], old, changed);
  return editDocument(text, document, old, wanted, { name, style: manifestStyle });
}

function pruneEmptied(
  document: TomlDocument,
  path: TomlPath,
  old: TomlTable,
  wanted: TomlTable,
): TomlTable {
  const result: Record<string, TomlValue> = Object.create(null);
  for (const [key, value] of fieldsOf(wanted)) {
    const before = Object.hasOwn(old, key) ? old[key] : undefined;
    if (!isTable(value) || !isTable(before)) {
      result[key] = value;
      continue;
    }
    const below = [...path, key];
    const pruned = pruneEmptied(document, below, before, value);
    const emptied = isEmptyTable(pruned) && !isEmptyTable(before);
    if (!emptied || keepsHeader(document, below)) result[key] = pruned;
  }
  return result;
}

// A header without lines of its own was there before the sections below it.
function keepsHeader(document: TomlDocument, path: TomlPath): boolean {
  const section = document.sections[findHeader(document, path)];
  return section !== undefined && section.members.length === 0;
}
