import type { CommandDefinition } from "../types.ts";
import { summaryOptions } from "./options.ts";

/** What makes a result readable that was written as JSON. */
export const summaryDefinition: CommandDefinition = {
  path: ["summary"],
  brief: "Show what a command told with --json; called by the GitHub Action",
  hidden: true,
  arguments: [{ name: "FILE", brief: "What the command printed", required: true }],
  options: summaryOptions,
  examples: [{ command: "comfydock summary result.json", brief: "as Markdown" }],
  load: () => import("./summary.ts"),
};
