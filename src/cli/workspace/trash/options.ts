import type { OptionDefinitions } from "../../types.ts";

/** Options of `trash restore`. */
export const restoreOptions = {
  to: { kind: "text", value: "PATH", brief: "Where to, instead of where it was" },
} as const satisfies OptionDefinitions;

/** Options of `trash empty`. */
export const emptyOptions = {
  "older-than": {
    kind: "number",
    value: "DAYS",
    range: [0, 100_000],
    brief: "Spare what was moved there in the last DAYS days",
  },
} as const satisfies OptionDefinitions;
