import type { TomlStyle } from "./toml_build.ts";
import type { TomlDocument } from "./toml_document.ts";

/** A document under change, with the style of what is new in it. */
export interface Draft {
  readonly document: TomlDocument;
  readonly style: TomlStyle;
}
