import type { CommandDefinition, GroupDefinition } from "../types.ts";
import { cacheGroup } from "./cache/definitions.ts";
import { configGroup } from "./config/definitions.ts";
import { initOptions } from "./options.ts";
import { trashGroup } from "./trash/definitions.ts";

/** Commands on the workspace as a whole. */
export const workspaceCommands: readonly CommandDefinition[] = [
  {
    path: ["init"],
    brief: "Make a workspace, or add what is missing in one",
    arguments: [{
      name: "PATH",
      brief: "Where to (default: the workspace that --workspace names)",
    }],
    options: initOptions,
    changes: true,
    examples: [
      { command: "comfydock init", brief: "in ~/.comfydock_workspace" },
      { command: "comfydock init --models-dir models", brief: "with the models that are there" },
    ],
    load: () => import("./init.ts"),
  },
  {
    path: ["list"],
    brief: "List the environments; the active one is marked",
    examples: [{ command: "comfydock list", brief: "which are there?" }],
    load: () => import("./list.ts"),
  },
  {
    path: ["use"],
    brief: "Make an environment the active one, which commands work on when none is named",
    arguments: [{ name: "NAME", brief: "The environment", required: true }],
    changes: true,
    examples: [{ command: "comfydock use my-env", brief: "work on it from now on" }],
    load: () => import("./use.ts"),
  },
  {
    path: ["info"],
    brief: "Show where the workspace is and what it holds",
    examples: [{ command: "comfydock info", brief: "a look at all of it" }],
    load: () => import("./info.ts"),
  },
];

/** Groups of commands on the workspace as a whole. */
export const workspaceGroups: readonly GroupDefinition[] = [configGroup, cacheGroup, trashGroup];
