import type { OptionDefinitions } from "../types.ts";

/** The options of `self update`. */
export const selfUpdateOptions = {
  version: { kind: "text", value: "VERSION", brief: "This version instead of the newest" },
  from: {
    kind: "text",
    value: "ADDRESS",
    brief:
      "The repository that publishes releases (default: the one that published this comfydock)",
  },
  undo: { kind: "boolean", brief: "Go back to the program that the last update has kept" },
} as const satisfies OptionDefinitions;
