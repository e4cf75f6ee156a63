import type { OptionDefinitions } from "../../types.ts";

/** Options of `model add`. */
export const modelAddOptions = {
  as: { kind: "text", value: "NAME", brief: "Its file name from now on" },
  folder: {
    kind: "text",
    value: "F",
    brief: "ComfyUI's folder for it, such as loras or loras/styles",
  },
  meta: { kind: "list", value: "K=V", brief: "A note about it, such as base=SDXL" },
  optional: { kind: "boolean", brief: "The environment can do without it" },
  copy: {
    kind: "boolean",
    brief: "Copy a file from elsewhere, even where a hard link would do",
  },
} as const satisfies OptionDefinitions;

/** Options of `model download`. */
export const modelDownloadOptions = {
  all: { kind: "boolean", brief: "Optional models too" },
} as const satisfies OptionDefinitions;

/** Options of `model source lookup`. */
export const sourceLookupOptions = {
  all: { kind: "boolean", brief: "Models that are here and in no manifest, too" },
} as const satisfies OptionDefinitions;

/** Options of `model remove`. */
export const modelRemoveOptions = {
  file: {
    kind: "boolean",
    brief: "The file goes to the trash, unless another environment needs it",
  },
} as const satisfies OptionDefinitions;
