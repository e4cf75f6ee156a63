import type { OptionDefinitions } from "../types.ts";
import { nowOption } from "./options.ts";

/** Options of the snapshot commands. */
export const snapshotOptions = {
  "data-dir": { kind: "text", value: "DIR", required: true, brief: "The data directory" },
} as const satisfies OptionDefinitions;

/** Options of `registry snapshot` itself. */
export const snapshotWriteOptions = {
  ...snapshotOptions,
  ...nowOption,
} as const satisfies OptionDefinitions;
