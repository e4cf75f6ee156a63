import type { GroupDefinition } from "../../types.ts";
import { listOptions } from "./options.ts";

/** Commands on the Python packages of a template repository. */
export const packagesGroup: GroupDefinition = {
  path: ["templates", "packages"],
  brief: "Look at the Python packages that templates are released as",
  examples: [{ command: "comfydock templates packages list", brief: "which there are" }],
  commands: [
    {
      path: ["templates", "packages", "list"],
      brief: "Tell which packages there are: directory, distribution, module, version, bundles",
      options: listOptions,
      examples: [
        { command: "comfydock templates packages list", brief: "of the repository here" },
        {
          command: "comfydock templates packages list -C ../workflow_templates",
          brief: "elsewhere",
        },
      ],
      load: () => import("./list.ts"),
    },
  ],
};
