import type { CommandDefinition } from "../types.ts";
import { nodeAddOptions, nodeChangeOptions, nodeUpdateOptions } from "./options.ts";

const TOGETHER =
  "Manifest, uv.lock, .venv and files change together or not at all, and are committed. `comfydock undo` takes it back.";

/** Commands that change the node packs of an environment, and those that tell what is there. */
export const changeDefinitions: readonly CommandDefinition[] = [
  {
    path: ["node", "add"],
    brief: "Add node packs to the environment",
    description:
      "A trial resolution comes first: packs that exclude each other are refused by name, with the lines that do. " +
      TOGETHER,
    arguments: [{
      name: "PACK",
      brief: "ID[@VERSION], URL[@REF][#subdirectory=DIR], or PATH; with --adopt a directory",
      required: true,
      many: true,
    }],
    options: nodeAddOptions,
    changes: true,
    examples: [
      { command: "comfydock node add comfyui-kjnodes", brief: "the newest version that fits" },
      {
        command: "comfydock node add comfyui-kjnodes@1.1.0 comfyui-impact-pack",
        brief: "two packs, all or nothing",
      },
      {
        command: "comfydock node add https://github.com/kijai/ComfyUI-KJNodes@main --git",
        brief: "a branch of its repository",
      },
      { command: "comfydock node add --dev ./my-nodes", brief: "what you are working on" },
      {
        command: "comfydock node add --adopt ComfyUI-Manager",
        brief: "what is in custom_nodes already",
      },
    ],
    load: () => import("./add.ts"),
  },
  {
    path: ["node", "remove"],
    brief: "Remove node packs from the environment",
    description:
      `Packs with local changes go to the trash; what is in development stays where it is. ${TOGETHER}`,
    arguments: [{ name: "ID", brief: "The pack", required: true, many: true }],
    options: nodeChangeOptions,
    changes: true,
    examples: [{
      command: "comfydock node remove comfyui-kjnodes",
      brief: "with the packages that nothing else needs",
    }],
    load: () => import("./remove.ts"),
  },
  {
    path: ["node", "list"],
    brief: "List the node packs of the environment, and what of them is on disk",
    examples: [{ command: "comfydock node list", brief: "also what the manifest does not know" }],
    load: () => import("./list.ts"),
  },
  {
    path: ["node", "outdated"],
    brief: "Tell which node packs have a newer version",
    arguments: [{ name: "ID", brief: "The packs; all by default", many: true }],
    examples: [{ command: "comfydock node outdated", brief: "nothing is changed" }],
    load: () => import("./outdated.ts"),
  },
  {
    path: ["node", "update"],
    brief: "Give node packs their newest version",
    description:
      "Of the registry the newest live version that fits, of a repository the newest commit of the branch that was " +
      "asked for. Local changes are refused, files that were added to a pack come along. " +
      `The old version is kept until the new one stands. ${TOGETHER}`,
    arguments: [{ name: "ID", brief: "The packs", many: true }],
    options: nodeUpdateOptions,
    changes: true,
    examples: [
      { command: "comfydock node update comfyui-kjnodes", brief: "one pack" },
      { command: "comfydock node update --all --dry-run", brief: "what would change?" },
      {
        command: "comfydock node update comfyui-kjnodes --discard",
        brief: "local changes go to the trash",
      },
    ],
    load: () => import("./update.ts"),
  },
  {
    path: ["node", "enable"],
    brief: "Enable node packs that were disabled",
    description: `What they ask of Python joins the resolution again. ${TOGETHER}`,
    arguments: [{ name: "ID", brief: "The pack", required: true, many: true }],
    options: nodeChangeOptions,
    changes: true,
    examples: [{ command: "comfydock node enable comfyui-kjnodes", brief: "as it was before" }],
    load: () => import("./enable.ts"),
  },
  {
    path: ["node", "disable"],
    brief: "Disable node packs without removing them",
    description:
      "They move to custom_nodes/.disabled, as ComfyUI-Manager has it, and what they ask of Python leaves the " +
      `resolution and .venv; it waits in the pack's entry of the manifest. ${TOGETHER}`,
    arguments: [{ name: "ID", brief: "The pack", required: true, many: true }],
    options: nodeChangeOptions,
    changes: true,
    examples: [{ command: "comfydock node disable comfyui-kjnodes", brief: "for a while" }],
    load: () => import("./disable.ts"),
  },
  {
    path: ["node", "prune"],
    brief: "Remove the node packs that no tracked workflow needs",
    description: `Packs in development stay. ${TOGETHER}`,
    options: nodeChangeOptions,
    changes: true,
    examples: [
      { command: "comfydock node prune --dry-run", brief: "which are not needed?" },
      { command: "comfydock node prune --yes", brief: "without being asked" },
    ],
    load: () => import("./prune.ts"),
  },
];
