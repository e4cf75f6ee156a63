import type { CommandDefinition } from "../types.ts";
import { findOptions, infoOptions } from "./find_options.ts";

/** Commands that tell what is known of node packs. */
export const findDefinitions: readonly CommandDefinition[] = [
  {
    path: ["node", "find"],
    brief: "Find node packs by name, description, author, tag or node class",
    description:
      "The node index of the workspace answers, without any network; what is popular or installed comes first " +
      "among what fits as well. With `config set mappings_url` the index follows published mappings.",
    arguments: [{ name: "QUERY", brief: "Words", required: true, many: true }],
    options: findOptions,
    examples: [
      { command: "comfydock node find impact pack", brief: "best first; typos are forgiven" },
      { command: "comfydock node find FaceDetailer --limit 3", brief: "by the name of a node" },
    ],
    load: () => import("./find.ts"),
  },
  {
    path: ["node", "info"],
    brief: "Tell what is known of a node pack: versions, licence, dependencies, classes",
    description:
      "The registry is asked for versions; its answers are kept for ten minutes, and used at any age when it " +
      "cannot be reached or with --offline.",
    arguments: [{ name: "ID", brief: "Registry id or address of the repository", required: true }],
    options: infoOptions,
    examples: [
      { command: "comfydock node info comfyui-kjnodes", brief: "by id" },
      {
        command: "comfydock node info https://github.com/kijai/ComfyUI-KJNodes",
        brief: "by repository",
      },
      {
        command: "comfydock node info comfyui-kjnodes --validate",
        brief: "would it install?",
      },
    ],
    load: () => import("./info.ts"),
  },
];
