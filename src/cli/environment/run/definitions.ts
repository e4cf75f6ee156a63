import type { CommandDefinition } from "../../types.ts";
import { logsOptions, runOptions, stopOptions } from "./options.ts";

/** Commands on a running ComfyUI. */
export const runCommands: readonly CommandDefinition[] = [
  {
    path: ["run"],
    brief: "Start ComfyUI, in the foreground or detached",
    description:
      "In the foreground Ctrl-C is ComfyUI's, and comfydock ends with ComfyUI's own exit code (128 and the number of " +
      "the signal, if one ended it). What it writes is shown and kept in the environment's log. A second Ctrl-C " +
      "returns at once, while ComfyUI is ended behind. With --json all that ComfyUI writes goes to standard error.",
    options: runOptions,
    rest: { name: "ARGS", brief: "Passed on to ComfyUI" },
    changes: true,
    examples: [
      { command: "comfydock run", brief: "until Ctrl-C" },
      { command: "comfydock run -- --cpu --listen", brief: "with arguments for ComfyUI" },
      { command: "comfydock run --watch", brief: "what is saved in ComfyUI comes into .cec" },
      { command: "comfydock run --detach --wait", brief: "in the background, once it answers" },
    ],
    load: () => import("./run.ts"),
  },
  {
    path: ["stop"],
    brief: "End a running ComfyUI, wherever it was started",
    options: stopOptions,
    changes: true,
    examples: [
      { command: "comfydock stop", brief: "of the active environment" },
      { command: "comfydock stop --env my-env --timeout 60", brief: "with more time to end well" },
    ],
    load: () => import("./stop.ts"),
  },
  {
    path: ["logs"],
    brief: "Show what ComfyUI wrote last",
    description:
      "With -f it goes on through every change of file and every further run, until Ctrl-C, " +
      "which ends with 130. With -f and --json each line is one JSON object, and the envelope comes last.",
    options: logsOptions,
    examples: [
      { command: "comfydock logs", brief: "the last 50 lines" },
      { command: "comfydock logs -f -n 0", brief: "only what comes from now on" },
    ],
    load: () => import("./logs.ts"),
  },
];
