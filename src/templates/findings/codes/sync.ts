import type { FindingFacts } from "../facts.ts";

/** Codes of faults of bundles against the files that there are. */
export type SyncCode =
  | "E_UNASSIGNED"
  | "E_GHOST_ID"
  | "E_BAD_FILE_NAME"
  | "E_CASE_CLASH";

/** Faults of bundles against the files that there are. */
export const syncCodes: Readonly<Record<SyncCode, FindingFacts>> = {
  E_UNASSIGNED: {
    area: "sync",
    severity: "error",
    meaning: "A workflow, or what the index names, is in no bundle, so that no package ships it",
    hint: "Put its id into a bundle of bundles.json, or run `comfydock templates add`",
  },
  E_GHOST_ID: {
    area: "sync",
    severity: "error",
    meaning: "A bundle names an id that has no file",
    hint: "Add the file, or take the id out of bundles.json",
  },
  E_BAD_FILE_NAME: {
    area: "sync",
    severity: "error",
    meaning: "A file of the templates has a name that ids cannot have",
  },
  E_CASE_CLASH: {
    area: "sync",
    severity: "error",
    meaning: "Two names differ only by upper and lower case, which some systems do not tell apart",
  },
};
