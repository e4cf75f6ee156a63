import type { OptionDefinitions } from "../types.ts";

/** Options of `export`. */
export const exportOptions = {
  "with-nodes": {
    kind: "boolean",
    brief: "Pack node packs in development and local ones, which nobody else has",
  },
  "all-nodes": { kind: "boolean", brief: "Pack every node pack, so that none has to be fetched" },
  "with-models": { kind: "boolean", brief: "Pack the models of the manifest" },
  "offline-packages": {
    kind: "boolean",
    brief:
      "Pack all that an import without any network needs but Python: wheels, node packs, ComfyUI",
  },
  platform: {
    kind: "list",
    value: "P",
    brief: "Of --offline-packages: for what, such as linux or windows (default: this platform)",
  },
  container: {
    kind: "text",
    value: "DIR",
    brief:
      "Write a Dockerfile and a compose file that build the environment into an image, instead",
  },
  "base-image": {
    kind: "text",
    value: "IMAGE",
    brief: "Of --container: what to build on, with a tag or a digest (default: by torch backend)",
  },
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
  python: {
    kind: "text",
    value: "V",
    brief: "Of what another tool wrote: version of Python (default: what it says)",
  },
  "torch-backend": {
    kind: "text",
    value: "BACKEND",
    brief:
      "Of what another tool wrote: build of PyTorch, as create takes it (default: what it says)",
  },
  "torch-index": {
    kind: "text",
    value: "URL|DIR",
    brief: "Of what another tool wrote: where builds of PyTorch come from",
  },
  download: { kind: "boolean", brief: "Fetch the models that do not come along, too" },
  "keep-models": {
    kind: "boolean",
    brief: "Where a model of the bundle belongs there is another file: keep that one",
  },
  use: { kind: "boolean", brief: "Make it the active environment" },
} as const satisfies OptionDefinitions;
