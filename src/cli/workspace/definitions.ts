import type { CommandDefinition, GroupDefinition } from "../types.ts";
import { cacheGroup } from "./cache/definitions.ts";
import { configGroup } from "./config/definitions.ts";
import { cloneOptions, deleteOptions, doctorOptions, initOptions } from "./options.ts";
import { trashGroup } from "./trash/definitions.ts";

/** Commands on the workspace as a whole. */
export const workspaceCommands: readonly CommandDefinition[] = [
  {
    path: ["init"],
    brief: "Make a workspace, or add what is missing in one",
    description:
      "Alone on a terminal it asks where, for your models, for what new environments are made with, and for tokens, " +
      "which are tested. What is given here is not asked; with anything given, nothing is asked.",
    arguments: [{
      name: "PATH",
      brief: "Where to (default: the workspace that --workspace names)",
    }],
    options: initOptions,
    changes: true,
    examples: [
      { command: "comfydock init", brief: "in ~/.comfydock_workspace" },
      { command: "comfydock init --models-dir models", brief: "with the models that are there" },
      { command: "comfydock init --yes", brief: "without questions" },
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
  {
    path: ["doctor"],
    brief: "Look for what is wrong with the workspace and this machine",
    description:
      "Looks at git, uv, Python, the disk, links, indexes, half-done commands, GPU drivers and the network. " +
      "Ends with 1 when there are errors that are not settled.",
    options: doctorOptions,
    changes: true,
    examples: [
      { command: "comfydock doctor", brief: "what is wrong?" },
      { command: "comfydock doctor --fix", brief: "settle what can be settled" },
      { command: "comfydock doctor --fix --dry-run", brief: "what would be settled?" },
    ],
    load: () => import("./doctor.ts"),
  },
  {
    path: ["delete"],
    brief: "Delete an environment; what could not be had again goes to the trash",
    description:
      "Input, output, user data, workflows, history and local changes are kept in the trash as one entry. " +
      "undo brings back all of it as long as no other environment was deleted or renamed since, after other " +
      "commands with --env workspace.",
    arguments: [{ name: "NAME", brief: "The environment", required: true }],
    options: deleteOptions,
    changes: true,
    examples: [
      { command: "comfydock delete old --dry-run", brief: "what would be kept?" },
      { command: "comfydock delete old", brief: "and undo, if that was wrong" },
    ],
    load: () => import("./delete.ts"),
  },
  {
    path: ["rename"],
    brief: "Give an environment another name",
    arguments: [
      { name: "OLD", brief: "The environment", required: true },
      { name: "NEW", brief: "Its new name", required: true },
    ],
    changes: true,
    examples: [{ command: "comfydock rename test portraits", brief: "it has become serious" }],
    load: () => import("./rename.ts"),
  },
  {
    path: ["clone"],
    brief: "Copy an environment: packages, ComfyUI, node packs, workflows and history",
    arguments: [
      { name: "SRC", brief: "The environment to copy", required: true },
      { name: "DST", brief: "The name of the copy", required: true },
    ],
    options: cloneOptions,
    changes: true,
    examples: [
      { command: "comfydock clone portraits experiment", brief: "try things out in the copy" },
      { command: "comfydock clone portraits backup --with-data", brief: "with input and output" },
    ],
    load: () => import("./clone.ts"),
  },
];

/** Groups of commands on the workspace as a whole. */
export const workspaceGroups: readonly GroupDefinition[] = [configGroup, cacheGroup, trashGroup];
