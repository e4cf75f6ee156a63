import type { CommandDefinition } from "../types.ts";
import { demoOptions } from "./options.ts";

/** The first thing that a newcomer runs. */
export const demoDefinition: CommandDefinition = {
  path: ["demo"],
  brief: "Show the whole tool on sample data; what tools or a network are missing for is skipped",
  options: demoOptions,
  examples: [
    { command: "comfydock demo", brief: "watch it" },
    { command: "comfydock demo --keep try", brief: "and keep what it made" },
  ],
  load: () => import("./demo.ts"),
};
