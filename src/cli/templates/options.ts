import type { OptionDefinitions } from "../types.ts";

/** Where the repository is; every command of the group takes it. */
export const rootOption = {
  root: {
    kind: "text",
    short: "C",
    value: "DIR",
    env: "COMFYDOCK_TEMPLATES",
    brief: "The repository of templates, or a directory in it (default: the current directory)",
  },
} as const satisfies OptionDefinitions;
