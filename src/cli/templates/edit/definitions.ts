import type { CommandDefinition } from "../../types.ts";
import {
  addOptions,
  migrateOptions,
  moveOptions,
  newOptions,
  plainOptions,
  restoreOptions,
} from "./options.ts";

const ids = { name: "ID", brief: "Id of a template", required: true, many: true } as const;

/** Commands that change templates in every file that names them. */
export const editCommands: readonly CommandDefinition[] = [
  {
    path: ["templates", "new"],
    brief: "Add an empty template: workflow, thumbnail, index, translations, bundle, manifest",
    arguments: [{ name: "ID", brief: "Its id", required: true }],
    options: newOptions,
    examples: [
      {
        command: 'comfydock templates new image_flux_fill --category Image --title "Flux fill"',
        brief: "in a category",
      },
    ],
    changes: true,
    load: () => import("./new.ts"),
  },
  {
    path: ["templates", "add"],
    brief: "Add a workflow as a template, with its thumbnails",
    description: "Custom nodes, input files and app mode are read from the workflow.",
    arguments: [{ name: "ID", brief: "Its id", required: true }],
    options: addOptions,
    examples: [
      {
        command: "comfydock templates add image_flux_fill --workflow flux.json --thumbnail a.webp",
        brief: "from files",
      },
    ],
    changes: true,
    load: () => import("./add.ts"),
  },
  {
    path: ["templates", "rename"],
    brief: "Give a template another id in files, index, translations, bundles and manifest",
    description:
      "Also corrects ids that only bundles.json has, such as one with a blank at its end.",
    arguments: [
      { name: "ID", brief: "Its id now", required: true },
      { name: "NEW", brief: "Its new id", required: true },
    ],
    options: plainOptions,
    examples: [
      { command: "comfydock templates rename flux_old image_flux", brief: "another id" },
      {
        command: "comfydock templates rename flux_old image_flux --dry-run",
        brief: "show the difference",
      },
    ],
    changes: true,
    load: () => import("./rename.ts"),
  },
  {
    path: ["templates", "move"],
    brief: "Move templates to another bundle, and so to another package",
    arguments: [ids],
    options: moveOptions,
    examples: [
      {
        command: "comfydock templates move image_flux --bundle media-image",
        brief: "with sizes before and after",
      },
    ],
    changes: true,
    load: () => import("./move.ts"),
  },
  {
    path: ["templates", "archive"],
    brief: "Take templates out of what is published, so that they can come back",
    arguments: [ids],
    options: plainOptions,
    examples: [{ command: "comfydock templates archive image_flux", brief: "one template" }],
    changes: true,
    load: () => import("./archive.ts"),
  },
  {
    path: ["templates", "restore"],
    brief: "Take templates back from the archive",
    arguments: [ids],
    options: restoreOptions,
    examples: [{ command: "comfydock templates restore image_flux", brief: "where it was" }],
    changes: true,
    load: () => import("./restore.ts"),
  },
  {
    path: ["templates", "migrate"],
    brief: "Move lists of models from the top of workflows to their nodes; rename ids by a map",
    arguments: [{ name: "ID", brief: "Only these templates", many: true }],
    options: migrateOptions,
    examples: [
      { command: "comfydock templates migrate --dry-run", brief: "what would change" },
      { command: "comfydock templates migrate --renames renames.json", brief: "with new ids" },
    ],
    changes: true,
    load: () => import("./migrate.ts"),
  },
];
