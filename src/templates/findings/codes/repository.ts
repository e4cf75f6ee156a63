import type { FindingFacts } from "../facts.ts";

/** Codes of faults that keep the files of a repository from being read. */
export type RepositoryCode =
  | "E_JSON_SYNTAX"
  | "E_JSON_SHAPE"
  | "E_FILE_TOO_LARGE";

/** Faults that keep the files of a repository from being read. */
export const repositoryCodes: Readonly<Record<RepositoryCode, FindingFacts>> = {
  E_JSON_SYNTAX: {
    area: "repository",
    severity: "error",
    meaning: "A file is not valid JSON, or not UTF-8",
    hint: "Correct the JSON at this place; it has to be UTF-8",
  },
  E_JSON_SHAPE: {
    area: "repository",
    severity: "error",
    meaning: "A value of a JSON file has another type than it must have",
    hint: "Correct the value; `comfydock templates schema print KIND` shows the shape of each file",
  },
  E_FILE_TOO_LARGE: {
    area: "repository",
    severity: "error",
    meaning: "A file is larger than is accepted",
    hint: "Make the file smaller, or take it out of the repository",
  },
};
