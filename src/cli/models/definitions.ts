import type { GroupDefinition } from "../types.ts";
import { manifestModelCommands, modelSourceGroup } from "./manifest/definitions.ts";
import { dedupeOptions, findOptions, listOptions, scanOptions, verifyOptions } from "./options.ts";

/** Commands on models. */
export const modelGroup: GroupDefinition = {
  path: ["model"],
  brief: "Find, fetch, check and tidy up model files",
  examples: [
    { command: "comfydock model scan", brief: "which models are here?" },
    { command: "comfydock model find sdxl vae", brief: "here, and among the well-known ones" },
    { command: "comfydock model list --duplicates", brief: "which lie here twice?" },
  ],
  commands: [
    {
      path: ["model", "scan"],
      brief: "Take the models of directories into the index; only what is new is read",
      description:
        "Without DIR: the workspace's models, and the models and extra_model_paths.yaml of its environments. " +
        "DIR may be another ComfyUI, or an extra_model_paths.yaml.",
      arguments: [{ name: "DIR", brief: "Directories to search", many: true }],
      options: scanOptions,
      changes: true,
      examples: [
        { command: "comfydock model scan", brief: "the standard locations" },
        { command: "comfydock model scan /mnt/models ~/ComfyUI", brief: "others" },
        { command: "comfydock model scan --models-dir /mnt/models", brief: "both" },
      ],
      load: () => import("./scan.ts"),
    },
    {
      path: ["model", "find"],
      brief: "Search the models that are here, and the list of known ones",
      arguments: [{ name: "QUERY", brief: "Words or parts of words", required: true, many: true }],
      options: findOptions,
      examples: [
        { command: "comfydock model find sdxl vae", brief: "by words" },
        { command: "comfydock model find flux1-dev.safetensors", brief: "by file name" },
      ],
      load: () => import("./find.ts"),
    },
    {
      path: ["model", "info"],
      brief: "Tell all that is known about a model: digests, format, places, sources, users",
      arguments: [{
        name: "ID",
        brief: "A file name, a path, or the beginning of a digest",
        required: true,
      }],
      examples: [
        { command: "comfydock model info sd_xl_base_1.0.safetensors", brief: "by file name" },
        { command: "comfydock model info 9fb2a1c4", brief: "by its digest" },
      ],
      load: () => import("./info.ts"),
    },
    {
      path: ["model", "list"],
      brief: "List the models of the environment, or those that something can be done about",
      options: listOptions,
      examples: [
        { command: "comfydock model list", brief: "what does the environment name?" },
        {
          command: "comfydock model list --missing",
          brief: "what is not here, of any environment?",
        },
        { command: "comfydock model list --unused", brief: "what does no environment name?" },
      ],
      load: () => import("./list.ts"),
    },
    {
      path: ["model", "verify"],
      brief: "Check that models are still what the index says; exit code 1 when one is not",
      options: verifyOptions,
      examples: [
        { command: "comfydock model verify", brief: "there, unchanged, headers sound" },
        { command: "comfydock model verify --full", brief: "every byte" },
      ],
      load: () => import("./verify.ts"),
    },
    {
      path: ["model", "dedupe"],
      brief: "Let equal files share their bytes, as hard links or reflinks",
      description:
        "Every byte is compared again before a file is replaced, and nothing is shared across devices. " +
        "Hard links are one file: who writes into one of them, writes into all.",
      options: dedupeOptions,
      changes: true,
      examples: [
        { command: "comfydock model dedupe --dry-run", brief: "what would it give back?" },
        { command: "comfydock model dedupe --yes", brief: "without being asked" },
      ],
      load: () => import("./dedupe.ts"),
    },
    ...manifestModelCommands,
  ],
  groups: [modelSourceGroup],
};
