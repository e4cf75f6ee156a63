import type { OptionDefinitions } from "../types.ts";

/** Options of `adopt`. */
export const adoptOptions = {
  name: {
    kind: "text",
    value: "N",
    brief: "Name of the new environment (default: that of the directory)",
  },
  comfyui: {
    kind: "text",
    value: "V",
    brief: "Version of ComfyUI: a release, a branch or a commit (default: that of the install)",
  },
  "comfyui-source": {
    kind: "text",
    value: "URL|PATH",
    brief: "Git repository of ComfyUI (default: what the install says)",
  },
  python: {
    kind: "text",
    value: "V",
    brief: "Version of Python (default: that of the install, where ComfyUI supports it)",
  },
  "python-env": {
    kind: "text",
    value: "DIR",
    brief: "Where its Python packages are (default: python_embeded, .venv or venv beside it)",
  },
  "torch-backend": {
    kind: "text",
    value: "BACKEND",
    brief:
      "Build of PyTorch: auto, cpu, cuNNN, rocmX.Y, xpu or none (default: that of the install)",
  },
  "torch-index": { kind: "text", value: "URL|DIR", brief: "Where builds of PyTorch come from" },
  "no-scan": { kind: "boolean", brief: "Leave its models out of the index for now" },
  use: { kind: "boolean", brief: "Make it the active environment" },
} as const satisfies OptionDefinitions;
