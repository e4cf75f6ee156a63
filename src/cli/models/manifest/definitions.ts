import type { CommandDefinition, GroupDefinition } from "../../types.ts";
import {
  modelAddOptions,
  modelDownloadOptions,
  modelRemoveOptions,
  sourceLookupOptions,
} from "./options.ts";

const MODEL = { name: "NAME", brief: "Key, name, file name or digest of a model" };
const SOURCE = "hf:OWNER/REPOSITORY/FILE, civitai:VERSION, an AIR or a URL";

/** Commands on the models of a manifest. */
export const manifestModelCommands: readonly CommandDefinition[] = [
  {
    path: ["model", "add"],
    brief: "Register a model in the environment, fetching it where it is not here",
    description:
      "A file below the directory of models stays where it is. One from elsewhere is hard-linked there, or copied with " +
      "--copy and where the disk has no links. What is fetched is checked against the digests of its source. " +
      "`comfydock undo` takes the entry back; the file stays.",
    arguments: [{ name: "SOURCE", brief: `A path, ${SOURCE}`, required: true }],
    options: modelAddOptions,
    changes: true,
    examples: [
      { command: "comfydock model add hf:owner/repository/vae/model.safetensors", brief: "fetch" },
      { command: "comfydock model add civitai:128713 --folder checkpoints", brief: "one version" },
      {
        command: "comfydock model add ~/Downloads/style.safetensors --folder loras --as nice",
        brief: "a file of one's own",
      },
    ],
    load: () => import("./add.ts"),
  },
  {
    path: ["model", "download"],
    brief: "Fetch the models of the environment that are not here",
    description:
      "Sources are tried in order; what is here under another name is linked. A transfer that was cut goes on where it " +
      "was. Without NAME: all that are required. Exit code 1 when one could not be had.",
    arguments: [{ ...MODEL, many: true }],
    options: modelDownloadOptions,
    changes: true,
    examples: [
      { command: "comfydock model download --all", brief: "whatever is missing" },
      { command: "comfydock model download sd15-base", brief: "only this one" },
      { command: "comfydock model download --dry-run", brief: "what is missing?" },
    ],
    load: () => import("./download.ts"),
  },
  {
    path: ["model", "remove"],
    brief: "Take models from the environment",
    arguments: [{ ...MODEL, required: true, many: true }],
    options: modelRemoveOptions,
    changes: true,
    examples: [
      { command: "comfydock model remove sd15-base", brief: "the file stays" },
      { command: "comfydock model remove sd15-base --file", brief: "with its file" },
    ],
    load: () => import("./remove.ts"),
  },
];

/** Commands on where models can be had. */
export const modelSourceGroup: GroupDefinition = {
  path: ["model", "source"],
  brief: "Say where models can be had again",
  examples: [{ command: "comfydock model source list", brief: "of every model" }],
  commands: [
    {
      path: ["model", "source", "add"],
      brief: "Give a model one more source, if it has the same file",
      arguments: [{ ...MODEL, required: true }, { name: "SOURCE", brief: SOURCE, required: true }],
      changes: true,
      examples: [{
        command: "comfydock model source add sd15-base hf:owner/repository/model.safetensors",
        brief: "tried after those that it has",
      }, {
        command: "comfydock model source add sd15-base civitai",
        brief: "whichever version of CivitAI has its digest",
      }],
      load: () => import("./source_add.ts"),
    },
    {
      path: ["model", "source", "list"],
      brief: "List where models can be had, in the order in which it is tried",
      arguments: [{ ...MODEL, many: true }],
      examples: [{ command: "comfydock model source list sd15-base", brief: "of one model" }],
      load: () => import("./source_list.ts"),
    },
    {
      path: ["model", "source", "lookup"],
      brief: "Ask CivitAI by digest where models can be had",
      description:
        "Without NAME: every model of the environment that has no source there. Many are asked for with one question, and " +
        "answers are kept. `model scan --sha256` computes the digests that this takes.",
      arguments: [{ ...MODEL, many: true }],
      options: sourceLookupOptions,
      changes: true,
      examples: [
        { command: "comfydock model source lookup", brief: "those of the environment" },
        {
          command: "comfydock model source lookup --all --dry-run",
          brief: "what is known of all?",
        },
      ],
      load: () => import("./source_lookup.ts"),
    },
    {
      path: ["model", "source", "remove"],
      brief: "Take a source from a model",
      arguments: [
        { ...MODEL, required: true },
        { name: "SOURCE", brief: "As it is listed, or its number there", required: true },
      ],
      changes: true,
      examples: [{ command: "comfydock model source remove sd15-base 2", brief: "the second" }],
      load: () => import("./source_remove.ts"),
    },
  ],
};
