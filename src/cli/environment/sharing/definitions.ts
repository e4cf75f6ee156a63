import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import { branchOptions, mergeOptions, pushOptions, switchOptions } from "./options.ts";

const REMOTE = {
  name: "REMOTE",
  brief: "Its name (default: what the branch follows, else the only one)",
};

/** Commands on the branches of an environment, and on repositories elsewhere. */
export const sharingCommands: readonly CommandDefinition[] = [
  {
    path: ["branch"],
    brief: "List the branches of an environment, make one or delete one",
    description:
      "A new branch begins at the newest commit; `comfydock switch` goes onto it. A branch with commits that no other " +
      "has is deleted only with --force. `comfydock undo` takes it back.",
    arguments: [{ name: "NAME", brief: "The branch to make or to delete" }],
    options: branchOptions,
    changes: true,
    examples: [
      { command: "comfydock branch", brief: "which are there?" },
      { command: "comfydock branch try-flux", brief: "a new one" },
      { command: "comfydock branch --delete try-flux", brief: "it is merged" },
    ],
    load: () => import("./branch.ts"),
  },
  {
    path: ["switch"],
    brief: "Go onto another branch; packages, ComfyUI, nodes and workflows follow",
    description:
      "A branch that only one remote has is made here, too. What is in no commit stays where it can; where it would be " +
      "lost the command refuses, unless it may go to the trash. `comfydock undo` takes it back.",
    arguments: [{ name: "NAME", brief: "The branch", required: true }],
    options: switchOptions,
    changes: true,
    examples: [
      { command: "comfydock switch try-flux --create", brief: "a new branch, from here" },
      { command: "comfydock switch main", brief: "back again" },
      { command: "comfydock switch main --dry-run", brief: "what would change?" },
    ],
    load: () => import("./switch.ts"),
  },
  {
    path: ["merge"],
    brief: "Bring another branch in: nodes, models, workflows and packages by key",
    description:
      "What only one side changed counts. Where both changed the same, you are asked, or --ours or --theirs decides. " +
      "The lock is resolved anew, and packages, ComfyUI, nodes and workflows follow. `comfydock undo` takes it back.",
    arguments: [{ name: "REV", brief: "A branch, a tag or a commit", required: true }],
    options: mergeOptions,
    changes: true,
    examples: [
      { command: "comfydock merge try-flux", brief: "bring it in" },
      { command: "comfydock merge try-flux --dry-run", brief: "what would it bring?" },
      { command: "comfydock merge origin/main --theirs", brief: "theirs counts in conflicts" },
    ],
    load: () => import("./merge.ts"),
  },
  {
    path: ["push"],
    brief: "Give the branch of an environment to a remote",
    description:
      "The branch follows the one there from then on. What others have pushed since is never overwritten, also not " +
      "with --force.",
    arguments: [REMOTE],
    options: pushOptions,
    changes: true,
    examples: [
      { command: "comfydock push", brief: "where it always goes" },
      { command: "comfydock push origin", brief: "for the first time" },
      { command: "comfydock push --dry-run", brief: "which commits would it be?" },
    ],
    load: () => import("./push.ts"),
  },
  {
    path: ["pull"],
    brief: "Bring in what a remote has; packages, ComfyUI, nodes and workflows follow",
    description:
      "Where only the remote has new commits they are taken as they are, otherwise they are merged, see comfydock " +
      "merge. `comfydock undo` takes it back.",
    arguments: [REMOTE],
    options: mergeOptions,
    changes: true,
    examples: [
      { command: "comfydock pull", brief: "what is new?" },
      { command: "comfydock pull --dry-run", brief: "what would it change?" },
      { command: "comfydock pull --ours", brief: "what is here counts in conflicts" },
    ],
    load: () => import("./pull.ts"),
  },
];

const listRemotes: CommandDefinition = {
  path: ["remote", "list"],
  brief: "List the remotes",
  examples: [{ command: "comfydock remote list", brief: "where does it go?" }],
  load: () => import("./remote_list.ts"),
};

/** Commands on the repositories that an environment is shared by. */
export const remoteGroup: GroupDefinition = {
  path: ["remote"],
  brief: "The repositories that an environment is pushed to and pulled from",
  examples: [
    { command: "comfydock remote add origin git@example.org:me/demo.git", brief: "a new one" },
    { command: "comfydock remote list", brief: "which are there?" },
  ],
  index: { ...listRemotes, path: ["remote"] },
  commands: [
    {
      path: ["remote", "add"],
      brief: "Add a remote; credentials are left to git's own helpers",
      arguments: [
        { name: "NAME", brief: "What to call it, such as origin", required: true },
        { name: "URL", brief: "An address without credentials, or a path", required: true },
      ],
      changes: true,
      examples: [
        {
          command: "comfydock remote add origin git@example.org:me/demo.git",
          brief: "over SSH",
        },
        { command: "comfydock remote add usb /media/usb/demo.git", brief: "a bare repository" },
      ],
      load: () => import("./remote_add.ts"),
    },
    {
      path: ["remote", "remove"],
      brief: "Forget a remote; what came from it stays",
      arguments: [{ name: "NAME", brief: "The remote", required: true }],
      changes: true,
      examples: [{ command: "comfydock remote remove usb", brief: "it is gone" }],
      load: () => import("./remote_remove.ts"),
    },
    listRemotes,
  ],
};
