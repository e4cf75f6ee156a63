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
    choices: ["ours", "theirs", "both", "ask"],
    default: "ask",
    brief:
      "Which side counts where both have changed: .cec (ours), ComfyUI's folder (theirs); with " +
      "both, ours stays beside theirs",
  },
} as const satisfies OptionDefinitions;

/** Options of `workflow watch`. */
export const watchOptions = {
  commit: { kind: "boolean", brief: "Commit each sync; otherwise only manifest and files follow" },
  poll: {
    kind: "boolean",
    brief: "Look every second instead of following file events, as some network drives need it",
  },
  "with-run": { kind: "boolean", brief: "End with the ComfyUI that runs now" },
} as const satisfies OptionDefinitions;

/** Options of `workflow inspect`. */
export const inspectOptions = {
  svg: { kind: "text", value: "FILE", brief: "Draw the graph into an SVG file" },
} as const satisfies OptionDefinitions;

const answerOptions = {
  pack: {
    kind: "list",
    value: "CLASS=ID",
    brief: "The pack that provides a class: an id, an address or a path; may be given again",
  },
  without: {
    kind: "list",
    value: "CLASS",
    brief: "A class that the workflow can do without; may be given again",
  },
  model: {
    kind: "list",
    value: "NAME=SOURCE",
    brief: "Where a model is: a URL, hf:…, civitai:…, or the path of one that is here",
  },
  "without-model": {
    kind: "list",
    value: "NAME",
    brief: "A model that is not needed; may be given again",
  },
  install: { kind: "boolean", brief: "Install and enable the packs" },
  download: { kind: "boolean", brief: "Fetch the models" },
} as const satisfies OptionDefinitions;

/** Options of `workflow resolve`. */
export const resolveOptions = {
  ...answerOptions,
  "write-hashes": {
    kind: "boolean",
    brief: "Put name, address, folder and digest of each model beside the node that loads it",
  },
} as const satisfies OptionDefinitions;

/** Options of `workflow import`. */
export const importOptions = {
  as: { kind: "text", value: "NAME", brief: "What it is called from now on" },
  description: { kind: "text", value: "TEXT", brief: "What it is for, kept in the manifest" },
  ...answerOptions,
} as const satisfies OptionDefinitions;

/** Options of `workflow export`. */
export const exportOptions = {
  output: { kind: "text", short: "o", value: "FILE", brief: "Default NAME.json here" },
  "with-deps": {
    kind: "boolean",
    brief: "Write a bundle with what it needs: packs and models by name, packs that only you have",
  },
  "with-nodes": { kind: "boolean", brief: "Of --with-deps: the files of all its packs" },
  "with-models": { kind: "boolean", brief: "Of --with-deps: the files of its models" },
} as const satisfies OptionDefinitions;
