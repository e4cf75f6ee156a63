import {
  type Holder,
  isList,
  startsWithPath,
  type TomlDocument,
  type TomlPath,
} from "./toml_document.ts";
import { findDotted, findSlot } from "./toml_find.ts";
import { removeLine, removeSection } from "./toml_lines.ts";
import { removeFromList } from "./toml_list.ts";

/** Takes a value out of a document, in whatever way it is written. */
export function removeValue(document: TomlDocument, path: TomlPath): void {
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
