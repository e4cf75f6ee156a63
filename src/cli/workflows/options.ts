import type { OptionDefinitions } from "../types.ts";

/** Options of `workflow track`. */
export const trackOptions = {
  all: {
    kind: "boolean",
    brief:
      "All that ComfyUI shows and `.comfydockignore` does not name, or those that fit a pattern",
  },
  description: { kind: "text", value: "TEXT", brief: "What it is for, kept in the manifest" },
  version: { kind: "text", value: "VERSION", brief: "Its version, kept in the manifest" },
} as const satisfies OptionDefinitions;

/** Options of `workflow untrack`, `workflow status` and `workflow diff`. */
export const plainOptions = {} as const satisfies OptionDefinitions;

/** Options of `workflow sync`. */
export const workflowSyncOptions = {
  strategy: {
    kind: "choice",
    choices: ["ours", "theirs", "ask"],
    default: "ask",
    brief: "Which side counts where both have changed: .cec (ours) or ComfyUI's folder (theirs)",
  },
} as const satisfies OptionDefinitions;

/** Options of `workflow inspect`. */
export const inspectOptions = {
  svg: { kind: "text", value: "FILE", brief: "Draw the graph into an SVG file" },
} as const satisfies OptionDefinitions;
