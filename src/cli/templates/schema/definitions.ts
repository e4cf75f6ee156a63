import type { GroupDefinition } from "../../types.ts";
import { schemaOptions } from "./options.ts";

const KINDS = [
  ...["config", "bundles", "index", "logos", "manifest"],
  ...["policy", "quota", "whitelist", "workflow", "workflow-1"],
];

/** Commands on the schemas of files. */
export const schemaGroup: GroupDefinition = {
  path: ["templates", "schema"],
  brief: "Show which shape the files of a template repository have",
  examples: [
    { command: "comfydock templates schema print bundles", brief: "that of bundles.json" },
  ],
  commands: [
    {
      path: ["templates", "schema", "print"],
      brief: "Print the JSON Schema (draft 2020-12) of a kind of file",
      arguments: [{ name: "KIND", brief: "Kind of file", required: true, choices: KINDS }],
      options: schemaOptions,
      examples: [
        { command: "comfydock templates schema print config", brief: "of templates.config.json" },
      ],
      load: () => import("./print.ts"),
    },
  ],
};
