import type { OptionDefinitions } from "../types.ts";

/** Options of `init`. */
export const initOptions = {
  "models-dir": {
    kind: "text",
    value: "DIR",
    brief: "An existing directory with models, instead of one in the workspace",
  },
} as const satisfies OptionDefinitions;
