import type { OptionDefinitions } from "../types.ts";

/** Options of `create`. */
export const createOptions = {
  python: {
    kind: "text",
    value: "V",
    brief: "Python version (default: the newest installed one that ComfyUI supports)",
  },
  comfyui: {
    kind: "text",
    value: "V",
    brief: "Its version: latest, a release, a branch or a commit (default: latest)",
  },
  "comfyui-source": { kind: "text", value: "URL|PATH", brief: "Git repository of ComfyUI" },
  "torch-backend": {
    kind: "text",
    value: "BACKEND",
    brief: "Build of PyTorch: auto, cpu, cuNNN, rocmX.Y, xpu or none (default: auto)",
  },
  "torch-index": { kind: "text", value: "URL|DIR", brief: "Where builds of PyTorch come from" },
  use: { kind: "boolean", brief: "Make it the active environment" },
} as const satisfies OptionDefinitions;
