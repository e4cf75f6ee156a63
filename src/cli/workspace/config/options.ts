import type { OptionDefinitions } from "../../types.ts";

/** Options that say which file is meant. */
export const layerOptions = {
  user: { kind: "boolean", brief: "Your own settings, for all workspaces" },
} as const satisfies OptionDefinitions;

/** Options of `config` itself: the answers to its questions. */
export const setupOptions = {
  ...layerOptions,
  "models-dir": { kind: "text", value: "DIR", brief: "The directory that holds your models" },
  "torch-backend": {
    kind: "text",
    value: "BACKEND",
    brief: "PyTorch of new environments: auto, cpu, cuNNN, rocmX.Y, xpu or none",
  },
  "default-python": { kind: "text", value: "VERSION", brief: "Python of new environments" },
} as const satisfies OptionDefinitions;
