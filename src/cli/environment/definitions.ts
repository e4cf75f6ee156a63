import type { CommandDefinition } from "../types.ts";
import { createOptions } from "./create_options.ts";
import {
  commitOptions,
  lockOptions,
  logOptions,
  syncOptions,
  validateEnvironmentOptions,
} from "./options.ts";

/** Commands on one environment. */
export const environmentCommands: readonly CommandDefinition[] = [
  {
    path: ["create"],
    brief: "Make an environment: ComfyUI, a Python, packages and a history",
    arguments: [{ name: "NAME", brief: "The new environment", required: true }],
    options: createOptions,
    changes: true,
    examples: [
      { command: "comfydock create my-env --use", brief: "the latest release" },
      {
        command: "comfydock create test --comfyui v0.3.40 --python 3.12 --torch-backend cpu",
        brief: "exactly this",
      },
      { command: "comfydock create my-env --dry-run", brief: "what would it be?" },
    ],
    load: () => import("./create.ts"),
  },
  {
    path: ["status"],
    brief: "Show what differs between manifest, lock, disk and history, and what settles it",
    examples: [{ command: "comfydock status", brief: "is everything as it should be?" }],
    load: () => import("./status.ts"),
  },
  {
    path: ["validate"],
    brief: "Judge an environment by the exit code: 1 when it is not as it should be",
    options: validateEnvironmentOptions,
    examples: [{ command: "comfydock validate --strict", brief: "in a job" }],
    load: () => import("./validate.ts"),
  },
  {
    path: ["diff"],
    brief: "Show what differs between a revision and the files, or between two revisions",
    arguments: [
      { name: "FROM", brief: "A revision (default: the last commit)" },
      { name: "TO", brief: "Another revision (default: what is on disk)" },
    ],
    examples: [
      { command: "comfydock diff", brief: "what is not committed" },
      { command: "comfydock diff HEAD~1 HEAD", brief: "what the last commit changed" },
    ],
    load: () => import("./diff.ts"),
  },
  {
    path: ["sync"],
    brief: "Bring lock, packages, nodes, workflows and history to what the manifest says",
    options: syncOptions,
    changes: true,
    examples: [
      { command: "comfydock sync", brief: "after an edit of pyproject.toml" },
      { command: "comfydock sync --locked", brief: "only if the lock fits" },
      { command: "comfydock sync --check", brief: "exit code 1 when something differs" },
    ],
    load: () => import("./sync.ts"),
  },
  {
    path: ["lock"],
    brief: "Resolve the manifest into uv.lock, without installing",
    arguments: [{ name: "PKG", brief: "Packages that --upgrade is for", many: true }],
    options: lockOptions,
    changes: true,
    examples: [
      { command: "comfydock lock", brief: "where the manifest asks for it" },
      { command: "comfydock lock --upgrade aiohttp", brief: "a newer version of one package" },
    ],
    load: () => import("./lock.ts"),
  },
  {
    path: ["commit"],
    brief: "Keep the state of an environment in its history",
    options: commitOptions,
    changes: true,
    examples: [{ command: 'comfydock commit -m "Before the experiment"', brief: "keep it" }],
    load: () => import("./commit.ts"),
  },
  {
    path: ["log"],
    brief: "List the commits of an environment",
    options: logOptions,
    examples: [{ command: "comfydock log -n 5", brief: "the last five" }],
    load: () => import("./log.ts"),
  },
  {
    path: ["rollback"],
    brief: "Give up what is not committed, or return to a revision as a new commit",
    description:
      "Manifest, lock, packages, ComfyUI and workflows follow. What is in no commit goes to the trash first.",
    arguments: [{ name: "REV", brief: "The revision (default: the last commit)" }],
    changes: true,
    examples: [
      { command: "comfydock rollback", brief: "to the last commit" },
      { command: "comfydock rollback HEAD~1", brief: "to the one before" },
    ],
    load: () => import("./rollback.ts"),
  },
  {
    path: ["undo"],
    brief: "Take back the last command that changed something; once more does it again",
    description:
      "All that the command did goes back at once, however many changes it was. Settings of the workspace and " +
      "the choice of an environment count as well; your own settings, tokens and models that were fetched stay. " +
      "With --env NAME it is the last command on that environment, with --env workspace the last delete or rename.",
    changes: true,
    examples: [
      { command: "comfydock undo", brief: "that was wrong" },
      { command: "comfydock undo --dry-run", brief: "what would be taken back?" },
      { command: "comfydock undo --env workspace", brief: "bring back what was deleted" },
    ],
    load: () => import("./undo.ts"),
  },
];
