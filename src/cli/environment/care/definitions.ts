import type { CommandDefinition } from "../../types.ts";
import { updateOptions } from "./options.ts";

/** Commands that keep an environment up to date and whole. */
export const careCommands: readonly CommandDefinition[] = [
  {
    path: ["update"],
    brief: "Give the environment another ComfyUI, newer or older",
    description:
      "A trial resolution with the requirements of the new ComfyUI comes first; then manifest, uv.lock, .venv and " +
      "ComfyUI change together or not at all. Requirements that you added or changed, node packs, models and " +
      "outputs stay. Local changes in ComfyUI are refused. `comfydock undo` takes it back.",
    options: updateOptions,
    changes: true,
    examples: [
      { command: "comfydock update --dry-run", brief: "what would the latest release bring?" },
      { command: "comfydock update --comfyui v0.3.40", brief: "exactly this one, also backwards" },
    ],
    load: () => import("./update.ts"),
  },
  {
    path: ["repair"],
    brief: "Bring a half-done or damaged environment back to what its manifest says",
    description:
      "Ends what an interrupted command left, makes .venv anew from the lock, puts ComfyUI back, renews links. What " +
      "could not be made again is moved to the trash, never deleted. Exit code 1 when something remains.",
    changes: true,
    examples: [
      { command: "comfydock repair", brief: "the active environment" },
      { command: "comfydock repair --dry-run", brief: "what is wrong, and what would be done?" },
    ],
    load: () => import("./repair.ts"),
  },
];
