import type { FindingFacts } from "../facts.ts";

/** Codes of faults of `bundles.json`. */
export type BundleCode =
  | "E_BAD_BUNDLE"
  | "E_UNKNOWN_BUNDLE"
  | "E_DUPLICATE_ID"
  | "E_BAD_ID";

/** Faults of `bundles.json` that its reader finds. */
export const bundleCodes: Readonly<Record<BundleCode, FindingFacts>> = {
  E_BAD_BUNDLE: {
    area: "sync",
    severity: "error",
    meaning: "A bundle is no list of ids, or an id is no text",
    hint: "Write a list of ids, each in quotes",
  },
  E_UNKNOWN_BUNDLE: {
    area: "sync",
    severity: "error",
    meaning: "No package belongs to a bundle",
    hint: "Correct the name, add the package, or map it under `packages` in templates.config.json",
  },
  E_DUPLICATE_ID: {
    area: "sync",
    severity: "error",
    meaning: "An id stands in bundles more than once",
    hint: "Keep it in one bundle only",
  },
  E_BAD_ID: {
    area: "sync",
    severity: "error",
    meaning: "An id holds blanks or characters that file names and addresses cannot have",
  },
};
