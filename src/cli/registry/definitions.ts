import type { CommandDefinition, GroupDefinition } from "../types.ts";
import {
  cacheOptions,
  managerAugmentOptions,
  managerFetchOptions,
  mappingsOptions,
  mergeOptions,
  updateOptions,
  validateOptions,
} from "./pipeline_options.ts";
import { queryDefinitions } from "./query_definitions.ts";
import { snapshotDefinition, snapshotGroup } from "./snapshot_definitions.ts";

const pipelineDefinitions: readonly CommandDefinition[] = [
  {
    path: ["registry", "update"],
    brief: "Run the whole pipeline: crawl, mappings, Manager data, validation, snapshot",
    description:
      "Nothing is published that validation finds errors in. A run that was interrupted goes on where it " +
      "was; run it daily.",
    options: updateOptions,
    changes: true,
    examples: [
      { command: "comfydock registry update --data-dir data", brief: "what the nightly job runs" },
      {
        command: "comfydock registry update --data-dir data --request-budget 5000",
        brief: "a part each day",
      },
      {
        command: "comfydock registry update --data-dir data --offline",
        brief: "rebuild from what is on disk",
      },
    ],
    load: () => import("./update.ts"),
  },
  {
    path: ["registry", "cache"],
    brief: "Crawl the Comfy Registry into a cache",
    description:
      "With --shard, each machine reads all lists, because a page names packages of all of them, and shares " +
      "what is asked package by package. To read no list twice, let one machine crawl with --no-metadata, and the " +
      "others go on from its cache with --input, --no-nodes and --no-versions. Give all of them the same --now.",
    options: cacheOptions,
    changes: true,
    examples: [
      {
        command: "comfydock registry cache --output cache.json --max-versions 10",
        brief: "all three phases",
      },
      {
        command: "comfydock registry cache --output cache.json --no-versions --no-metadata",
        brief: "phase 1",
      },
      { command: "comfydock registry cache --output try.db --pages 5", brief: "a small try" },
      {
        command: "comfydock registry cache --output part-2.db --shard 2/3",
        brief: "one of three machines",
      },
    ],
    load: () => import("./cache.ts"),
  },
  {
    path: ["registry", "merge"],
    brief: "Merge caches that several machines crawled into one",
    description:
      "In whatever order they come, the mappings of the merged cache are those of one machine that crawled alone.",
    arguments: [{ name: "FILE", brief: "A cache in any form", required: true, many: true }],
    options: mergeOptions,
    changes: true,
    examples: [{
      command: "comfydock registry merge part-1.db part-2.db part-3.db --output cache.db",
      brief: "the last of a matrix of jobs",
    }],
    load: () => import("./merge.ts"),
  },
  {
    path: ["registry", "mappings"],
    brief: "Build node mappings from a registry cache, without the network",
    options: mappingsOptions,
    changes: true,
    examples: [
      {
        command: "comfydock registry mappings --cache cache.json --output node_mappings.json",
        brief: "from JSON",
      },
    ],
    load: () => import("./mappings.ts"),
  },
  {
    path: ["registry", "validate"],
    brief: "Check caches, mappings and snapshots; exit code 1 when there are errors",
    options: validateOptions,
    examples: [
      { command: "comfydock registry validate --data-dir data", brief: "everything" },
      {
        command: "comfydock registry validate --cache c.json --mappings m.json",
        brief: "two files",
      },
    ],
    load: () => import("./validate.ts"),
  },
];

const managerGroup: GroupDefinition = {
  path: ["registry", "manager"],
  brief: "ComfyUI-Manager's data, which knows packages that the registry does not",
  examples: [{ command: "comfydock registry manager fetch --output manager", brief: "get it" }],
  commands: [
    {
      path: ["registry", "manager", "fetch"],
      brief: "Fetch Manager's data; what has not changed is not sent again",
      options: managerFetchOptions,
      changes: true,
      examples: [{
        command: "comfydock registry manager fetch --output data/manager",
        brief: "into a directory",
      }],
      load: () => import("./manager_fetch.ts"),
    },
    {
      path: ["registry", "manager", "augment"],
      brief: "Add the packages that only Manager knows to mappings",
      options: managerAugmentOptions,
      changes: true,
      examples: [{
        command:
          "comfydock registry manager augment --mappings m.json --manager manager --output node_mappings.json",
        brief: "registry and Manager together",
      }],
      load: () => import("./manager_augment.ts"),
    },
  ],
};

/** The registry data pipeline and the questions that its data answers. */
export const registryGroup: GroupDefinition = {
  path: ["registry"],
  brief: "Which package provides which node: build that data, and ask it",
  examples: [
    {
      command: 'comfydock registry lookup "Power Lora Loader (rgthree)"',
      brief: "who provides this node?",
    },
    { command: "comfydock registry update --data-dir data", brief: "the nightly job" },
  ],
  commands: [...pipelineDefinitions, ...queryDefinitions],
  groups: [managerGroup, { ...snapshotGroup, index: snapshotDefinition }],
};
