import type { OptionDefinitions } from "../types.ts";
import { answerOptions } from "./setup/options.ts";

/** Options of `init`. */
export const initOptions = {
  "models-dir": {
    kind: "text",
    value: "DIR",
    brief: "An existing directory with models, instead of one in the workspace",
  },
  ...answerOptions,
} as const satisfies OptionDefinitions;

/** Options of `delete`. */
export const deleteOptions = {
  purge: { kind: "boolean", brief: "Keep nothing in the trash; cannot be undone" },
} as const satisfies OptionDefinitions;

/** Options of `clone`. */
export const cloneOptions = {
  "with-data": { kind: "boolean", brief: "Copy input, output and user data too" },
  use: { kind: "boolean", brief: "Make the clone the active environment" },
} as const satisfies OptionDefinitions;

/** Options of `doctor`. */
export const doctorOptions = {
  fix: { kind: "boolean", brief: "Settle what can be settled without losing anything" },
} as const satisfies OptionDefinitions;
