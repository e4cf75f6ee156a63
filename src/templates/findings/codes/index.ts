import type { FindingFacts } from "../facts.ts";

/** Codes of faults of the index and its logos. */
export type IndexCode =
  | "E_SCHEMA"
  | "E_BAD_SCHEMA"
  | "W_NOT_IN_INDEX"
  | "E_INDEX_NO_FILE"
  | "E_DUPLICATE_NAME"
  | "E_LOGO_PROVIDER"
  | "E_LOGO_FILE"
  | "W_LOGO_NAME"
  | "E_APP_MARKER"
  | "E_CUSTOM_NODES"
  | "W_CUSTOM_NODES"
  | "E_API_MARKERS"
  | "W_BLANKS"
  | "W_OUTPUT_FILE";

/** Faults of the index and its logos. */
export const indexCodes: Readonly<Record<IndexCode, FindingFacts>> = {
  E_SCHEMA: {
    area: "index",
    severity: "error",
    meaning: "An index file does not fit the schema of index files",
    hint:
      "Correct the value; `comfydock templates schema print index` shows what index files may hold",
  },
  E_BAD_SCHEMA: {
    area: "index",
    severity: "error",
    meaning: "The repository's own schema of index files cannot be used",
    hint: "Correct the schema, or remove it so that the one of comfydock counts",
  },
  W_NOT_IN_INDEX: {
    area: "index",
    severity: "warning",
    meaning: "A workflow is in a bundle, but not in the index, so that nobody finds it",
    hint: "Add an entry to the index, or archive the template",
  },
  E_INDEX_NO_FILE: {
    area: "index",
    severity: "error",
    meaning: "The index names a template that has no workflow",
    hint: "Add the workflow, or take the entry out of the index and its translations",
  },
  E_DUPLICATE_NAME: {
    area: "index",
    severity: "error",
    meaning: "The index names a template more than once",
    hint: "Keep one of the entries",
  },
  E_LOGO_PROVIDER: {
    area: "index",
    severity: "error",
    meaning: "A logo names a provider that the list of logos does not have",
  },
  E_LOGO_FILE: {
    area: "index",
    severity: "error",
    meaning: "The list of logos names a file that is not there",
    hint: "Add the file, or correct its path in the list of logos",
  },
  W_LOGO_NAME: {
    area: "index",
    severity: "warning",
    meaning: "The file of a logo is called nearly as its provider, but not quite",
  },
  E_APP_MARKER: {
    area: "index",
    severity: "error",
    meaning: "`isApp` in the index and linear mode in the workflow do not agree",
  },
  E_CUSTOM_NODES: {
    area: "index",
    severity: "error",
    meaning: "A workflow uses nodes of a pack that its entry does not require",
  },
  W_CUSTOM_NODES: {
    area: "index",
    severity: "warning",
    meaning: "An entry requires a pack of which its workflow uses no node",
  },
  E_API_MARKERS: {
    area: "index",
    severity: "error",
    meaning: "`openSource` and the tag API do not agree, or translations mark otherwise",
  },
  W_BLANKS: {
    area: "index",
    severity: "warning",
    meaning: "A text of the index begins or ends with blanks",
    hint: "Take the blanks away",
  },
  W_OUTPUT_FILE: {
    area: "index",
    severity: "warning",
    meaning: "An entry names an output of a node with an extension that the node cannot write",
    hint: "Correct `io.outputs` of the entry",
  },
};
