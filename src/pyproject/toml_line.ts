import { printDocument, type TomlPath } from "./toml_document.ts";
import { findFirstBelow, findSlot } from "./toml_find.ts";
import { parseDocument } from "./toml_parse.ts";

// No TOML text holds this character outside of an escape.
const MARK = "\u0000";

/**
 * Tells the line on which the value of a path begins, counted from 1.
 *
 * @param text TOML 1.0.
 * @param path Keys and positions, such as `["project", "dependencies", 2]`; of a table, its header counts.
 * @param name What the text is, for messages; mostly its path.
 * @returns Nothing for a path that leads nowhere.
 * @throws `MANIFEST_INVALID`
 */
export function lineOfToml(text: string, path: TomlPath, name: string): number | undefined {
  const document = parseDocument(text, name);
  const slot = findSlot(document, path);
  if (slot) {
    slot.holder.members[slot.index]!.value = { kind: "scalar", text: MARK, type: "raw" };
  } else {
    const section = document.sections[findFirstBelow(document, path)];
    if (!section || section.path.length === 0) return undefined;
    section.head = MARK;
  }
  return printDocument(document).split(MARK)[0]!.split("\n").length;
}
