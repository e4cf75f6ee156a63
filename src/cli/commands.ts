import { shellCommands } from "./shell/definitions.ts";
import type { GroupDefinition } from "./types.ts";

/** Every command of comfydock. */
export const commands: GroupDefinition = {
  path: [],
  brief: "Find, install and reproduce what ComfyUI workflows need",
  examples: [
    { command: "comfydock version", brief: "which version is this?" },
    { command: "comfydock completion bash --help", brief: "help of one command" },
  ],
  commands: [...shellCommands],
  groups: [],
};
