import type { FindingFacts } from "../facts.ts";

/** Codes of faults of addresses in workflows, notes and the index. */
export type LinkCode =
  | "E_BAD_ADDRESS"
  | "W_LINK_TEXT"
  | "E_DEAD_LINK"
  | "W_LINK_UNKNOWN";

/** Faults of addresses in workflows, notes and the index. */
export const linkCodes: Readonly<Record<LinkCode, FindingFacts>> = {
  E_BAD_ADDRESS: {
    area: "links",
    severity: "error",
    meaning: "An address cannot be understood",
  },
  W_LINK_TEXT: {
    area: "links",
    severity: "warning",
    meaning: "The text of a link to a model is not the name of the file",
  },
  E_DEAD_LINK: {
    area: "links",
    severity: "error",
    meaning: "An address leads to nothing",
    hint: "Correct the address, or add it to `skip_urls` of whitelist.json",
  },
  W_LINK_UNKNOWN: {
    area: "links",
    severity: "warning",
    meaning: "An address could not be checked",
    hint: "Run the check again later",
  },
};
