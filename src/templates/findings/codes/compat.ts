import type { FindingFacts } from "../facts.ts";

/** Codes of what users of an earlier release would miss. */
export type CompatCode =
  | "E_TEMPLATE_REMOVED"
  | "E_TEMPLATE_RENAMED"
  | "E_MODEL_REMOVED"
  | "E_INPUT_REMOVED"
  | "E_MIN_VERSION_RAISED"
  | "E_CATEGORY_EMPTIED"
  | "W_CATEGORY_REMOVED";

const HINT = "Restore it, or say that it is meant with `--acknowledge ID`";

/** What users of an earlier release would miss. */
export const compatCodes: Readonly<Record<CompatCode, FindingFacts>> = {
  E_TEMPLATE_REMOVED: {
    area: "compat",
    severity: "error",
    meaning: "A template of the last release is gone",
    hint: HINT,
  },
  E_TEMPLATE_RENAMED: {
    area: "compat",
    severity: "error",
    meaning: "A template of the last release has another id now, so that links to it break",
    hint: HINT,
  },
  E_MODEL_REMOVED: {
    area: "compat",
    severity: "error",
    meaning: "A template does not use a model any more that users have downloaded for it",
    hint: HINT,
  },
  E_INPUT_REMOVED: {
    area: "compat",
    severity: "error",
    meaning: "A template does not read an input any more that callers may set",
    hint: HINT,
  },
  E_MIN_VERSION_RAISED: {
    area: "compat",
    severity: "error",
    meaning: "A template needs a newer ComfyUI than at the last release",
    hint: HINT,
  },
  E_CATEGORY_EMPTIED: {
    area: "compat",
    severity: "error",
    meaning: "An essential category has no templates any more",
    hint: "Keep a template in it, or acknowledge its title",
  },
  W_CATEGORY_REMOVED: {
    area: "compat",
    severity: "warning",
    meaning: "A category that users see is gone",
  },
};
