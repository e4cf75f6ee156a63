import type { OptionDefinitions } from "../types.ts";

/** Options of `node find`. */
export const findOptions = {
  limit: {
    kind: "integer",
    value: "N",
    default: 10,
    range: [1, 1000],
    brief: "How many packs are shown",
  },
} as const satisfies OptionDefinitions;

/** Options of `node info`. */
export const infoOptions = {
  validate: {
    kind: "boolean",
    brief: "Check the pack: its archive, requirements and classes; exit code 1 with the findings",
  },
} as const satisfies OptionDefinitions;
