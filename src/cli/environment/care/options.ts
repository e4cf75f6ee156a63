import type { OptionDefinitions } from "../../types.ts";

/** Options of `update`. */
export const updateOptions = {
  comfyui: {
    kind: "text",
    value: "V",
    brief:
      "A release, branch, commit or latest (default: newest of the present branch, else latest)",
  },
} as const satisfies OptionDefinitions;
