import type { FindingFacts } from "../facts.ts";

/** Codes of faults of translations of the index. */
export type LocaleCode =
  | "E_LOCALE_MISSING"
  | "E_LOCALE_EXTRA"
  | "E_LOCALE_DRIFT"
  | "W_UNTRANSLATED";

/** Faults of translations of the index. */
export const localeCodes: Readonly<Record<LocaleCode, FindingFacts>> = {
  E_LOCALE_MISSING: {
    area: "locales",
    severity: "error",
    meaning: "A translation lacks a template or category of the index",
    hint: "Copy it from the index, and translate its texts",
  },
  E_LOCALE_EXTRA: {
    area: "locales",
    severity: "error",
    meaning: "A translation has a template or category that the index does not have",
    hint: "Take it out of the translation",
  },
  E_LOCALE_DRIFT: {
    area: "locales",
    severity: "error",
    meaning: "A field that is not translated differs from the index",
    hint: "Copy the field from the index",
  },
  W_UNTRANSLATED: {
    area: "locales",
    severity: "warning",
    meaning: "Texts of a translation are those of the index",
  },
};
