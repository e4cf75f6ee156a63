import type { OptionDefinitions } from "../types.ts";
import { crawlOptions, managerOptions, networkOptions, nowOption } from "./options.ts";

/** Options of `registry update`. */
export const updateOptions = {
  "data-dir": {
    kind: "text",
    value: "DIR",
    required: true,
    brief: "Where all files of the pipeline lie",
  },
  incremental: { kind: "boolean", brief: "Read only what is new or changed (the default)" },
  "force-full": { kind: "boolean", brief: "Read everything again, and build the mappings anew" },
  "allow-shrink": { kind: "boolean", brief: "Publish although 5 % or more would be lost" },
  "schema-config": { kind: "text", value: "FILE", brief: "Which fields are published (TOML)" },
  ...networkOptions,
  ...crawlOptions,
  ...managerOptions,
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry cache`. */
export const cacheOptions = {
  output: {
    kind: "text",
    value: "FILE",
    default: "registry_cache.db",
    brief:
      "The cache: SQLite (.db), or JSON (.json, .json.gz, .json.zst) with a working .db beside it",
  },
  input: {
    kind: "text",
    value: "FILE",
    brief: "An earlier cache to start from, in any of these forms",
  },
  shard: {
    kind: "text",
    value: "I/N",
    brief: "Read the I-th part of the packages, of N; `registry merge` puts the parts together",
  },
  ...networkOptions,
  ...crawlOptions,
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry merge`. */
export const mergeOptions = {
  output: {
    kind: "text",
    value: "FILE",
    required: true,
    brief: "The merged cache, in the forms of `registry cache`; what it holds already stays",
  },
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry mappings`. */
export const mappingsOptions = {
  cache: {
    kind: "text",
    value: "FILE",
    required: true,
    brief: "The registry cache, SQLite or JSON",
  },
  input: {
    kind: "text",
    value: "FILE",
    brief: "Earlier mappings: work is saved, and nothing of them is lost",
  },
  output: { kind: "text", value: "FILE", required: true, brief: "Where the mappings go" },
  "max-versions": crawlOptions["max-versions"],
  "checkpoint-interval": {
    kind: "integer",
    value: "N",
    default: 50,
    range: [1, 100_000],
    brief: "Packages between two reports of progress",
  },
  concurrency: {
    ...networkOptions.concurrency,
    brief: "Taken as the seed's script does; building asks nobody and is one pass",
  },
  "schema-config": { kind: "text", value: "FILE", brief: "Which fields are published (TOML)" },
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry validate`. */
export const validateOptions = {
  "data-dir": { kind: "text", value: "DIR", brief: "Check all files of a data directory" },
  cache: { kind: "text", value: "FILE", brief: "Check this cache" },
  mappings: { kind: "text", value: "FILE", brief: "Check these mappings" },
  previous: {
    kind: "text",
    value: "FILE",
    brief: "Mappings that must not have shrunk by 5 % or more",
  },
  "allow-shrink": { kind: "boolean", brief: "Accept that packages or signatures were lost" },
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry manager fetch`. */
export const managerFetchOptions = {
  output: { kind: "text", value: "DIR", required: true, brief: "Where the files go" },
  ...managerOptions,
  ...nowOption,
} as const satisfies OptionDefinitions;

/** Options of `registry manager augment`. */
export const managerAugmentOptions = {
  mappings: { kind: "text", value: "FILE", required: true, brief: "Mappings to add to" },
  manager: {
    kind: "text",
    value: "FILE|DIR",
    required: true,
    brief: "Manager's data: the directory, or its extension-node-map.json",
  },
  output: { kind: "text", value: "FILE", required: true, brief: "Where the result goes" },
  ...nowOption,
} as const satisfies OptionDefinitions;
