import type { CommandDefinition } from "../types.ts";
import {
  lookupOptions,
  pullOptions,
  reportOptions,
  searchOptions,
  statsOptions,
} from "./query_options.ts";

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
    path: ["registry", "pull"],
    brief: "Get published mappings, so that the workspace knows all packages without crawling",
    description:
      "What has not changed is not sent again. Without --from it asks where `mappings_url` points, " +
      "or where this comfydock was published.",
    options: pullOptions,
    changes: true,
    examples: [
      { command: "comfydock registry pull", brief: "into the workspace" },
      {
        command: "comfydock registry pull --from /mnt/share/node_mappings.json.gz",
        brief: "from a file",
      },
    ],
    load: () => import("./pull.ts"),
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
