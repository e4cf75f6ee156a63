import type { OptionDefinitions } from "../types.ts";

/** Options of `export`. */
export const exportOptions = {
  "with-nodes": {
    kind: "boolean",
    brief: "Pack node packs in development and local ones, which nobody else has",
  },
  "all-nodes": { kind: "boolean", brief: "Pack every node pack, so that none has to be fetched" },
  "with-models": { kind: "boolean", brief: "Pack the models of the manifest" },
} as const satisfies OptionDefinitions;

/** Options of `import`. */
export const importOptions = {
  name: { kind: "text", value: "N", brief: "Name of the new environment (default: as it was)" },
  strict: {
    kind: "boolean",
    brief: "Refuse everything that would not be as it was where it comes from",
  },
  "comfyui-source": {
    kind: "text",
    value: "URL|PATH",
    brief: "Git repository of ComfyUI (default: what the manifest says)",
  },
  use: { kind: "boolean", brief: "Make it the active environment" },
} as const satisfies OptionDefinitions;
