import type { OptionDefinitions } from "../../types.ts";

/** Options of `branch`. */
export const branchOptions = {
  list: { kind: "boolean", brief: "List the branches, as without NAME" },
  delete: { kind: "boolean", short: "d", brief: "Delete the branch instead of making it" },
  force: { kind: "boolean", brief: "With --delete: although no other branch has its commits" },
} as const satisfies OptionDefinitions;

/** Options of `switch`. */
export const switchOptions = {
  create: { kind: "boolean", short: "c", brief: "Make the branch at the newest commit" },
  discard: {
    kind: "boolean",
    brief: "What is in no commit and in the way goes to the trash, as with --yes",
  },
} as const satisfies OptionDefinitions;

/** Options of `merge`. */
export const mergeOptions = {
  ours: { kind: "boolean", brief: "Where both sides changed the same: keep what is here" },
  theirs: { kind: "boolean", brief: "Where both sides changed the same: take what comes in" },
} as const satisfies OptionDefinitions;

/** Options of `push`. */
export const pushOptions = {
  force: {
    kind: "boolean",
    brief: "Overwrite the branch there, if it is still as it was last seen (force with lease)",
  },
} as const satisfies OptionDefinitions;
