import type { GroupDefinition } from "../../types.ts";
import { compareOptions, downloadsOptions, metricsOptions } from "./options.ts";

/** Commands on measurements. */
export const metricsGroup: GroupDefinition = {
  path: ["templates", "packages", "metrics"],
  brief: "Keep and compare durations and sizes of runs; read downloads",
  examples: [
    { command: "comfydock templates packages metrics", brief: "what was measured" },
    {
      command: "comfydock templates packages metrics compare --max-growth 10%",
      brief: "did anything grow?",
    },
  ],
  index: {
    path: ["templates", "packages", "metrics"],
    brief: "Show the measurements",
    options: metricsOptions,
    examples: [{ command: "comfydock templates packages metrics", brief: "all of them" }],
    load: () => import("./metrics.ts"),
  },
  commands: [
    {
      path: ["templates", "packages", "metrics", "record"],
      brief: "Add the run of a command, as it printed it with --json",
      arguments: [{ name: "FILE", brief: "What the command printed", required: true }],
      options: metricsOptions,
      changes: true,
      examples: [
        { command: "comfydock templates packages metrics record build.json", brief: "add a run" },
      ],
      load: () => import("./metrics_record.ts"),
    },
    {
      path: ["templates", "packages", "metrics", "compare"],
      brief: "Compare the last two runs of each command; 1 when a number grew too much",
      options: compareOptions,
      examples: [
        {
          command: "comfydock templates packages metrics compare --max-growth 10%",
          brief: "allow a tenth",
        },
      ],
      load: () => import("./metrics_compare.ts"),
    },
    {
      path: ["templates", "packages", "metrics", "downloads"],
      brief: "Read how often packages were downloaded",
      options: downloadsOptions,
      examples: [
        {
          command: "comfydock templates packages metrics downloads --from recent.json",
          brief: "from a file",
        },
      ],
      load: () => import("./metrics_downloads.ts"),
    },
  ],
};
