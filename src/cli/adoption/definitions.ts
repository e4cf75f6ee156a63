import type { CommandDefinition } from "../types.ts";
import { adoptOptions } from "./options.ts";

/** The command that takes over what grew without comfydock. */
export const adoptDefinition: CommandDefinition = {
  path: ["adopt"],
  brief: "Make an environment of a ComfyUI that is there already, without changing it",
  description:
    "Reads a git checkout, the portable archive or the directory of the desktop app: which ComfyUI, which node packs " +
    "from where, which Python packages, which models and workflows, with a snapshot of ComfyUI-Manager where git says " +
    "nothing. Nothing of it is run or written. The report tells what is exact, guessed, unknown, or stays behind. The " +
    "new environment has its own ComfyUI and packages; models are used where they are.",
  arguments: [{
    name: "PATH",
    brief: "ComfyUI, the directory around it, or that of the desktop app",
    required: true,
  }],
  options: adoptOptions,
  changes: true,
  examples: [
    { command: "comfydock adopt ~/ComfyUI --dry-run", brief: "what is known of it?" },
    { command: "comfydock adopt ~/ComfyUI --name main --use", brief: "and from now on that one" },
    {
      command: "comfydock adopt D:/ComfyUI_windows_portable --comfyui v0.3.64",
      brief: "where nothing says which version it is",
    },
  ],
  load: () => import("./adopt.ts"),
};
