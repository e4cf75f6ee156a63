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

/** Options of `registry pull`. */
export const pullOptions = {
  from: {
    kind: "list",
    value: "PLACE",
    brief:
      "A repository that publishes mappings, or their URL, file or directory; given again, the next where one fails",
  },
  sha256: {
    kind: "text",
    value: "HEX",
    brief: "The checksum that the file must have, besides the one that is published with it",
  },
  output: {
    kind: "text",
    value: "FILE",
    brief: "Put them into this file, packed as its name says, instead of into the workspace",
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
