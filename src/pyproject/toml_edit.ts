import { ComfydockError, parseToml } from "../base/mod.ts";
import { pyprojectErrors } from "./errors.ts";
import type { TomlStyle } from "./toml_build.ts";
import { changeTable } from "./toml_change.ts";
import { printDocument, type TomlDocument } from "./toml_document.ts";
import { readTable } from "./fields.ts";
import { parseDocument } from "./toml_parse.ts";
import { normalizeTable, sameValue, type TomlTable } from "./toml_value.ts";

/** How an edit is named and laid out. */
export interface EditOptions {
  /** What the text is, for messages; mostly its path. */
  readonly name: string;
  /** How new tables are laid out where no neighbour shows it; by default every table gets a header. */
  readonly style?: TomlStyle;
}

const HEADERS_ONLY: TomlStyle = { inline: () => false };

/**
 * Changes a TOML 1.0 text so that it holds what is wanted, and keeps every line that need not change.
 *
 * Comments directly above an item go with it; order, quotes, indentation, line ends and a byte order mark stay.
 * The result is read again and compared with what was wanted before it is returned.
 *
 * @param text The text as it is.
 * @param wanted All that the text shall hold; fields that are `undefined` count as absent.
 * @throws `MANIFEST_INVALID` when the text is not TOML 1.0, `MANIFEST_EDIT_FAILED`
 */
export function editToml(text: string, wanted: TomlTable, options: EditOptions): string {
  const document = parseDocument(text, options.name);
  const old = readTable(parseToml(text, options.name), options.name).table;
  return editDocument(text, document, old, normalizeTable(wanted), options);
}

/**
 * Like {@linkcode editToml}, for a text that has been parsed.
 *
 * @param document The tree of the text; it is used up.
 * @param old What the text holds.
 */
export function editDocument(
  text: string,
  document: TomlDocument,
  old: TomlTable,
  wanted: TomlTable,
  { name, style = HEADERS_ONLY }: EditOptions,
): string {
  if (sameValue(old, wanted)) return text;
  changeTable({ document, style }, [], old, wanted);
  const result = printDocument(document);
  verify(result, wanted, name);
  return result;
}

function verify(result: string, goal: TomlTable, name: string): void {
  const failed = (cause?: unknown) =>
    new ComfydockError(
      pyprojectErrors.MANIFEST_EDIT_FAILED,
      `Cannot edit "${name}": the result would not hold what was wanted`,
      {
        hint: `Nothing was written; make the change in "${name}" by hand`,
        details: { name },
        cause,
      },
    );
  let found: TomlTable;
  try {
    found = readTable(parseToml(result, name), name).table;
  } catch (error) {
    throw failed(error);
  }
  if (!sameValue(found, goal)) throw failed();
}
