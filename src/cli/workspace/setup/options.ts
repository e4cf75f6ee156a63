import type { OptionDefinitions } from "../../types.ts";

/** Options that answer the questions of `init` and `config`. */
export const answerOptions = {
  "torch-backend": {
    kind: "text",
    value: "BACKEND",
    brief: "PyTorch of new environments: auto, cpu, cuNNN, rocmX.Y, xpu or none",
  },
  "default-python": { kind: "text", value: "VERSION", brief: "Python of new environments" },
  "huggingface-token-file": {
    kind: "text",
    value: "FILE",
    brief: "A file that holds your token for Hugging Face; - is standard input",
  },
  "civitai-token-file": {
    kind: "text",
    value: "FILE",
    brief: "A file that holds your token for CivitAI; - is standard input",
  },
} as const satisfies OptionDefinitions;
