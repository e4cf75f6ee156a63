import type { GroupDefinition } from "../../types.ts";
import { emptyOptions, restoreOptions } from "./options.ts";

/** Commands on the trash of the workspace. */
export const trashGroup: GroupDefinition = {
  path: ["trash"],
  brief: "What commands moved away because nothing could give it back",
  examples: [
    { command: "comfydock trash list", brief: "what is there?" },
    { command: "comfydock trash restore 20260821-1f0c2ab9", brief: "put it back" },
    { command: "comfydock trash empty --older-than 30", brief: "delete what is old, for good" },
  ],
  commands: [
    {
      path: ["trash", "list"],
      brief: "List what is in the trash, newest first",
      examples: [{ command: "comfydock trash list", brief: "what is there?" }],
      load: () => import("./list.ts"),
    },
    {
      path: ["trash", "restore"],
      brief: "Put something back from the trash",
      arguments: [{
        name: "ID",
        brief: "As trash list shows it, or a beginning that no other has",
        required: true,
      }],
      options: restoreOptions,
      changes: true,
      examples: [
        { command: "comfydock trash restore 20260821-1f0c2ab9", brief: "where it was" },
        { command: "comfydock trash restore 20260821 --to found", brief: "elsewhere" },
      ],
      load: () => import("./restore.ts"),
    },
    {
      path: ["trash", "empty"],
      brief: "Delete what is in the trash, for good",
      description: "Nothing else in comfydock destroys what you made. Asks before it does.",
      options: emptyOptions,
      changes: true,
      examples: [
        { command: "comfydock trash empty --older-than 30", brief: "what is older than a month" },
        { command: "comfydock trash empty --yes", brief: "all of it, without being asked" },
      ],
      load: () => import("./empty.ts"),
    },
  ],
};
