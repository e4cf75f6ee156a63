import type { OptionDefinitions } from "../types.ts";

/** Options of `demo`. */
export const demoOptions = {
  keep: { kind: "text", value: "DIR", brief: "Leave the files of the demo here, to look at them" },
} as const satisfies OptionDefinitions;
