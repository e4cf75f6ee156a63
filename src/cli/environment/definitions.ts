import type { CommandDefinition } from "../types.ts";
import { createOptions } from "./create_options.ts";

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
];
