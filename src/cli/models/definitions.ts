import type { GroupDefinition } from "../types.ts";

/** Commands on models. */
export const modelGroup: GroupDefinition = {
  path: ["model"],
  brief: "Find, fetch, check and tidy up model files",
  examples: [
    { command: "comfydock model scan", brief: "which models are here?" },
    { command: "comfydock model find sdxl vae", brief: "here, and among the well-known ones" },
    { command: "comfydock model list --duplicates", brief: "which lie here twice?" },
  ],
  commands: [],
};
