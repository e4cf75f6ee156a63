import type { OptionDefinitions } from "../types.ts";
import { nowOption, queryOptions } from "./options.ts";

/** Options of `registry lookup`. */
export const lookupOptions = {
  ...queryOptions,
  signature: {
    kind: "text",
    value: "HASH|INPUTS",
    brief: "The node's inputs: the 8 digits of its signature, or name:TYPE joined with |",
  },
} as const satisfies OptionDefinitions;

/** Options of `registry search`. */
export const searchOptions = {
  ...queryOptions,
  limit: {
    kind: "integer",
    value: "N",
    default: 20,
    range: [1, 1000],
    brief: "How many packages are shown",
  },
} as const satisfies OptionDefinitions;

/** Options of `registry stats`. */
export const statsOptions = {
  ...queryOptions,
  cache: { kind: "text", value: "FILE", brief: "Count this cache too" },
  top: { kind: "integer", value: "N", default: 10, range: [1, 1000], brief: "Length of each list" },
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry report`. */
export const reportOptions = {
  ...queryOptions,
  html: { kind: "text", value: "FILE", required: true, brief: "Where the page goes" },
  ...nowOption,
} as const satisfies OptionDefinitions;
