import type { OptionDefinitions } from "../types.ts";

const noSync = {
  "no-sync": { kind: "boolean", brief: "Leave .venv as it is" },
} as const satisfies OptionDefinitions;

/** Options of `node add`. */
export const nodeAddOptions = {
  dev: {
    kind: "boolean",
    brief: "PATH is a pack in development: it stays where it is and is never changed or deleted",
  },
  git: { kind: "boolean", brief: "Take the repository, also when the registry has the pack" },
  adopt: {
    kind: "boolean",
    brief: "Take in directories that are in custom_nodes already, such as what Manager installed",
  },
  "no-deps": { kind: "boolean", brief: "Leave out what the packs ask of Python" },
  ...noSync,
  "run-scripts": {
    kind: "boolean",
    brief: "Run the packs' own install.py with the Python of the environment",
  },
  "keep-going": {
    kind: "boolean",
    brief: "Add what can be added when others fail; the exit code is then 1",
  },
} as const satisfies OptionDefinitions;

/** Options of `node remove`, `node enable`, `node disable` and `node prune`. */
export const nodeChangeOptions = noSync;

/** Options of `node update`. */
export const nodeUpdateOptions = {
  all: { kind: "boolean", brief: "All packs that have a newer version" },
  discard: {
    kind: "boolean",
    brief: "Move packs with local changes to the trash instead of refusing them",
  },
  "run-scripts": nodeAddOptions["run-scripts"],
  "keep-going": { kind: "boolean", brief: "Update what can be updated when others fail" },
  ...noSync,
} as const satisfies OptionDefinitions;
