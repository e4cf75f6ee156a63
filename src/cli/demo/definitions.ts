import type { CommandDefinition, OptionDefinitions } from "../types.ts";

/** Options of `demo`. */
export const demoOptions = {
  keep: { kind: "text", value: "DIR", brief: "Leave the files of the demo here, to look at them" },
} as const satisfies OptionDefinitions;

/** The first thing that a newcomer runs. */
export const demoDefinition: CommandDefinition = {
  path: ["demo"],
  brief: "Show the whole tool on sample data; needs no network",
  options: demoOptions,
  examples: [
    { command: "comfydock demo", brief: "watch it" },
    { command: "comfydock demo --keep try", brief: "and keep what it made" },
  ],
  load: () => import("./demo.ts"),
};
