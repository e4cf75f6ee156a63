import type { GroupDefinition } from "../types.ts";
import { selfUpdateOptions } from "./options.ts";

/** Commands on comfydock itself. */
export const selfGroup: GroupDefinition = {
  path: ["self"],
  brief: "This program itself",
  examples: [{ command: "comfydock self update", brief: "get the newest version" }],
  commands: [{
    path: ["self", "update"],
    brief: "Put another version in the place of this program, after checking it",
    description:
      "Fetches the release for this system, checks its SHA-256, proves that it starts, and " +
      "swaps it in; the program of today stays beside it.",
    options: selfUpdateOptions,
    changes: true,
    examples: [
      { command: "comfydock self update", brief: "the newest version" },
      { command: "comfydock self update --dry-run", brief: "which one would that be?" },
      { command: "comfydock self update --undo", brief: "back to the one before" },
    ],
    load: () => import("./update.ts"),
  }],
};
