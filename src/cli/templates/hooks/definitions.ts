import type { GroupDefinition } from "../../types.ts";
import { installOptions, runOptions } from "./options.ts";

/** Commands on what watches over a repository by itself. */
export const hookGroup: GroupDefinition = {
  path: ["templates", "hook"],
  brief: "Let git check templates before each commit; ready workflows for GitHub",
  examples: [
    { command: "comfydock templates hook install", brief: "check before each commit" },
    { command: "comfydock templates hook install --workflows", brief: "and on GitHub" },
  ],
  commands: [
    {
      path: ["templates", "hook", "install"],
      brief: "Write the hook pre-commit, with --workflows also files for GitHub",
      description:
        "Workflows check, publish, measure, audit, and look for dead links; their actions are pinned by commit.",
      options: installOptions,
      examples: [
        { command: "comfydock templates hook install", brief: "the hook alone" },
        {
          command: "comfydock templates hook install --workflows --dry-run",
          brief: "which files would be written",
        },
      ],
      changes: true,
      load: () => import("./install.ts"),
    },
    {
      path: ["templates", "hook", "run"],
      brief: "Check what is staged; git runs this before each commit",
      options: runOptions,
      examples: [{ command: "comfydock templates hook run", brief: "as the next commit has it" }],
      load: () => import("./run.ts"),
    },
  ],
};
