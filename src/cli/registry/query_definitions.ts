import type { CommandDefinition, OptionDefinitions } from "../types.ts";
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

/** Commands that ask the data. */
export const queryDefinitions: readonly CommandDefinition[] = [
  {
    path: ["registry", "lookup"],
    brief: "Tell which packages provide a node class",
    arguments: [{
      name: "NODE_TYPE",
      brief: "The class name as workflows have it",
      required: true,
    }],
    options: lookupOptions,
    examples: [
      {
        command: 'comfydock registry lookup "Power Lora Loader (rgthree)"',
        brief: "without any network",
      },
      {
        command: "comfydock registry lookup FaceDetailer --mappings node_mappings.json",
        brief: "in own data",
      },
    ],
    load: () => import("./lookup.ts"),
  },
  {
    path: ["registry", "search"],
    brief: "Search packages by id, name, description, author, tag or node class",
    arguments: [{ name: "QUERY", brief: "Words", required: true, many: true }],
    options: searchOptions,
    examples: [{
      command: "comfydock registry search face detailer",
      brief: "best first; typos are forgiven",
    }],
    load: () => import("./search.ts"),
  },
  {
    path: ["registry", "stats"],
    brief: "Count what the data holds",
    options: statsOptions,
    examples: [{
      command: "comfydock registry stats --data-dir data",
      brief: "of a data directory",
    }],
    load: () => import("./stats.ts"),
  },
  {
    path: ["registry", "diff"],
    brief: "Tell what changed between two mappings files",
    arguments: [
      { name: "OLD", brief: "The earlier mappings", required: true },
      { name: "NEW", brief: "The later mappings", required: true },
    ],
    examples: [{
      command: "comfydock registry diff yesterday.json node_mappings.json",
      brief: "packages and nodes",
    }],
    load: () => import("./diff.ts"),
  },
  {
    path: ["registry", "report"],
    brief: "Write a page about the data: totals, growth, contested names, a searchable table",
    options: reportOptions,
    changes: true,
    examples: [{
      command: "comfydock registry report --data-dir data --html report.html",
      brief: "one file",
    }],
    load: () => import("./report.ts"),
  },
];
