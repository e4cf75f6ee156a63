import type { GroupDefinition } from "../../types.ts";
import {
  constraintOptions,
  pyAddOptions,
  pyListOptions,
  pyRemoveOptions,
  torchSetOptions,
} from "./options.ts";

const FOLLOWS =
  "The manifest, uv.lock and .venv change together or not at all; a trial resolution comes first, and a conflict " +
  "names who asks for what. `comfydock undo` takes it back.";

/** Commands on Python packages. */
export const pyGroup: GroupDefinition = {
  path: ["py"],
  brief: "Add, remove and list Python packages",
  examples: [
    { command: 'comfydock py add "numpy>=1.26"', brief: "one more requirement" },
    { command: "comfydock py list", brief: "asked for, locked, installed" },
  ],
  commands: [
    {
      path: ["py", "add"],
      brief: "Add Python packages to the environment",
      description: `Requirements are kept as they are written. ${FOLLOWS}`,
      arguments: [{ name: "REQ", brief: "Requirement, such as numpy>=1.26", many: true }],
      options: pyAddOptions,
      changes: true,
      examples: [
        { command: 'comfydock py add "numpy>=1.26" pillow', brief: "two packages" },
        { command: "comfydock py add -r requirements.txt", brief: "those of a file" },
        { command: "comfydock py add black --group tools", brief: "in a group of their own" },
      ],
      load: () => import("./py_add.ts"),
    },
    {
      path: ["py", "remove"],
      brief: "Remove Python packages from the environment",
      description: FOLLOWS,
      arguments: [{ name: "NAME", brief: "The package", required: true, many: true }],
      options: pyRemoveOptions,
      changes: true,
      examples: [{
        command: "comfydock py remove numpy",
        brief: "and what nothing else needs",
      }],
      load: () => import("./py_remove.ts"),
    },
    {
      path: ["py", "list"],
      brief: "List the packages that are asked for, with locked and installed versions",
      options: pyListOptions,
      examples: [
        { command: "comfydock py list", brief: "what the manifest names" },
        { command: "comfydock py list --all --json", brief: "every package, for programs" },
      ],
      load: () => import("./py_list.ts"),
    },
  ],
};

/** Commands on constraints. */
export const constraintGroup: GroupDefinition = {
  path: ["constraint"],
  brief: "Hold packages to versions, whoever asks for them",
  examples: [{ command: 'comfydock constraint add "numpy<2"', brief: "no numpy 2, for anybody" }],
  commands: [
    {
      path: ["constraint", "add"],
      brief: "Hold packages to versions, without asking for them",
      description: FOLLOWS,
      arguments: [{ name: "REQ", brief: "Such as numpy<2", required: true, many: true }],
      options: constraintOptions,
      changes: true,
      examples: [{ command: 'comfydock constraint add "numpy<2"', brief: "for all node packs" }],
      load: () => import("./constraint_add.ts"),
    },
    {
      path: ["constraint", "remove"],
      brief: "Let packages go to any version again",
      description: FOLLOWS,
      arguments: [{ name: "NAME", brief: "The package", required: true, many: true }],
      options: constraintOptions,
      changes: true,
      examples: [{ command: "comfydock constraint remove numpy", brief: "all that hold it" }],
      load: () => import("./constraint_remove.ts"),
    },
    {
      path: ["constraint", "list"],
      brief: "List the constraints, and what they hold",
      examples: [{ command: "comfydock constraint list", brief: "with the locked versions" }],
      load: () => import("./constraint_list.ts"),
    },
  ],
};

/** Commands on PyTorch. */
export const torchGroup: GroupDefinition = {
  path: ["torch"],
  brief: "Choose the build of PyTorch",
  examples: [
    { command: "comfydock torch detect", brief: "what suits this machine?" },
    { command: "comfydock torch set auto", brief: "use just that" },
  ],
  commands: [
    {
      path: ["torch", "show"],
      brief: "Show which build of PyTorch the environment has, and from where",
      examples: [{ command: "comfydock torch show", brief: "backend, index, versions" }],
      load: () => import("./torch_show.ts"),
    },
    {
      path: ["torch", "set"],
      brief: "Give the environment another build of PyTorch",
      description: FOLLOWS,
      arguments: [{
        name: "BACKEND",
        brief: "auto, cpu, cuNNN, rocmX.Y, xpu or none",
        required: true,
      }],
      options: torchSetOptions,
      changes: true,
      examples: [
        { command: "comfydock torch set cu128", brief: "for CUDA 12.8" },
        { command: "comfydock torch set cpu --torch-index wheels", brief: "from a directory" },
        { command: "comfydock torch set auto --dry-run", brief: "what would change?" },
      ],
      load: () => import("./torch_set.ts"),
    },
    {
      path: ["torch", "detect"],
      brief: "Tell which build of PyTorch suits this machine, and why",
      examples: [{ command: "comfydock torch detect", brief: "by asking the drivers" }],
      load: () => import("./torch_detect.ts"),
    },
  ],
};
