import type { GroupDefinition } from "../types.ts";
import { checkCommands } from "./check/definitions.ts";
import { editCommands } from "./edit/definitions.ts";
import { hookGroup } from "./hooks/definitions.ts";
import { packagesGroup } from "./packages/definitions.ts";
import { cdnGroup, reportCommands } from "./reports/definitions.ts";
import { schemaGroup } from "./schema/definitions.ts";

/** Commands on repositories of workflow templates. */
export const templatesGroup: GroupDefinition = {
  path: ["templates"],
  brief: "Look after a repository of workflow templates and its Python packages",
  examples: [
    { command: "comfydock templates packages list", brief: "which packages there are" },
    { command: "comfydock templates schema print index", brief: "what index.json may hold" },
  ],
  commands: [...checkCommands, ...editCommands, ...reportCommands],
  groups: [cdnGroup, hookGroup, packagesGroup, schemaGroup],
};
