import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import { pruneOptions } from "./options.ts";

const bucket = {
  name: "BUCKET",
  brief: "Part of the cache: uv, nodes, comfyui, downloads or api; by default all",
  many: true,
} as const;

const commands: readonly CommandDefinition[] = [
  {
    path: ["cache", "dir"],
    brief: "Show where the cache is",
    arguments: [{ ...bucket, many: false }],
    examples: [
      { command: "comfydock cache dir", brief: "all of it" },
      { command: "comfydock cache dir uv", brief: "one part" },
    ],
    load: () => import("./dir.ts"),
  },
  {
    path: ["cache", "size"],
    brief: "Show how much each part of the cache holds",
    arguments: [bucket],
    examples: [{ command: "comfydock cache size", brief: "what takes the room?" }],
    load: () => import("./size.ts"),
  },
  {
    path: ["cache", "clean"],
    brief: "Empty the cache, or parts of it; all of it can be had again",
    description:
      "A cache of uv's that lies outside the workspace is emptied only when it is named.",
    arguments: [bucket],
    changes: true,
    examples: [
      { command: "comfydock cache clean downloads", brief: "one part" },
      { command: "comfydock cache clean --dry-run", brief: "how much would that free?" },
    ],
    load: () => import("./clean.ts"),
  },
  {
    path: ["cache", "prune"],
    brief: "Remove from the cache what no environment needs",
    options: pruneOptions,
    changes: true,
    examples: [{ command: "comfydock cache prune", brief: "what is older than a week" }],
    load: () => import("./prune.ts"),
  },
];

/** Commands on the cache of the workspace. */
export const cacheGroup: GroupDefinition = {
  path: ["cache"],
  brief: "Measure and empty the cache, which holds nothing that cannot be had again",
  examples: [
    { command: "comfydock cache size", brief: "what takes the room?" },
    { command: "comfydock cache prune", brief: "remove what nothing needs" },
  ],
  commands,
};
