import type { OptionDefinitions } from "../../types.ts";

const noSync = {
  "no-sync": { kind: "boolean", brief: "Change manifest and lock, and leave .venv as it is" },
} as const satisfies OptionDefinitions;

const group = {
  group: {
    kind: "text",
    value: "G",
    brief: "The dependency group, instead of the environment's own requirements",
  },
} as const satisfies OptionDefinitions;

/** Options of `py add`. */
export const pyAddOptions = {
  requirements: {
    kind: "list",
    value: "FILE",
    short: "r",
    brief: "Add the requirements of a file, too",
  },
  ...group,
  ...noSync,
} as const satisfies OptionDefinitions;

/** Options of `py remove`. */
export const pyRemoveOptions = { ...group, ...noSync } as const satisfies OptionDefinitions;

/** Options of `py list`. */
export const pyListOptions = {
  all: { kind: "boolean", brief: "Show what other packages need, too" },
} as const satisfies OptionDefinitions;

/** Options of `constraint add` and `constraint remove`. */
export const constraintOptions = noSync;

/** Options of `torch set`. */
export const torchSetOptions = {
  "torch-index": { kind: "text", value: "URL|DIR", brief: "Where builds of PyTorch come from" },
  ...noSync,
} as const satisfies OptionDefinitions;
