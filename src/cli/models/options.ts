import type { OptionDefinitions } from "../types.ts";

/** Options of `model scan`. */
export const scanOptions = {
  "models-dir": {
    kind: "text",
    value: "DIR",
    brief: "One more directory of models, besides those that are searched anyway",
  },
  "no-recursive": {
    kind: "boolean",
    brief: "Leave out what lies in directories of the directories",
  },
  sha256: {
    kind: "boolean",
    brief: "Compute SHA-256 as well, which CivitAI and Hugging Face know files by",
  },
} as const satisfies OptionDefinitions;

/** Options of `model find`. */
export const findOptions = {
  limit: {
    kind: "integer",
    value: "N",
    default: 20,
    range: [1, 1000],
    brief: "How many models are shown",
  },
} as const satisfies OptionDefinitions;

/** Options of `model list`. */
export const listOptions = {
  all: { kind: "boolean", brief: "All models that are here, instead of the environment's" },
  duplicates: { kind: "boolean", brief: "Those that are here in several places" },
  missing: { kind: "boolean", brief: "Those that some environment names and that are not here" },
  unused: { kind: "boolean", brief: "Those that no environment names" },
} as const satisfies OptionDefinitions;

/** Options of `model verify`. */
export const verifyOptions = {
  full: { kind: "boolean", brief: "Read all bytes and compare their digests, not only headers" },
} as const satisfies OptionDefinitions;

/** Options of `model dedupe`. */
export const dedupeOptions = {
  reflink: {
    kind: "boolean",
    brief: "Make copies that share their bytes until one is written, where the file system can",
  },
} as const satisfies OptionDefinitions;
