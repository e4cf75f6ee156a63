import type { FindingFacts } from "../facts.ts";

/** Codes of faults of pages for people. */
export type DocsCode = "W_DOC_FILE" | "W_DOC_SCRIPT";

/** Faults of pages for people. */
export const docsCodes: Readonly<Record<DocsCode, FindingFacts>> = {
  W_DOC_FILE: {
    area: "docs",
    severity: "warning",
    meaning: "A page names a file that is not there",
    hint: "Correct the path, or take the sentence out",
  },
  W_DOC_SCRIPT: {
    area: "docs",
    severity: "warning",
    meaning: "A page tells to run what is not there",
    hint: "Name the command that took its place",
  },
};
