import type { GroupDefinition } from "../types.ts";
import { checkDefinitions } from "./check_definitions.ts";
import { bisectGroup } from "./bisect/definitions.ts";
import { changeDefinitions } from "./change_definitions.ts";
import { findDefinitions } from "./find_definitions.ts";

/** Commands on node packs. */
export const nodeGroup: GroupDefinition = {
  path: ["node"],
  brief: "Find, add, check and update node packs",
  examples: [
    { command: "comfydock node find impact pack", brief: "best first; typos are forgiven" },
    { command: "comfydock node add comfyui-kjnodes", brief: "with what it asks of Python" },
    { command: "comfydock node list", brief: "what is there?" },
  ],
  commands: [...findDefinitions, ...checkDefinitions, ...changeDefinitions],
  groups: [bisectGroup],
};
