import type { OptionDefinitions } from "../../types.ts";

/** Options of `cache prune`. */
export const pruneOptions = {
  "older-than": {
    kind: "number",
    value: "DAYS",
    default: 7,
    range: [0, 100_000],
    brief: "Spare what was written in the last DAYS days",
  },
} as const satisfies OptionDefinitions;
