import type { FindingFacts } from "../facts.ts";

/** Codes of faults of what must not change any more. */
export type PolicyCode = "E_FROZEN_LOGO";

/** Faults of what must not change any more. */
export const policyCodes: Readonly<Record<PolicyCode, FindingFacts>> = {
  E_FROZEN_LOGO: {
    area: "policy",
    severity: "error",
    meaning: "A logo that must not change is not there",
    hint: "Restore the file from the last release",
  },
};
