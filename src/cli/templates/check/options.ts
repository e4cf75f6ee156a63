import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

/** Options of commands that look at the contents of files. */
export const contentOptions = {
  ...rootOption,
  "no-cache": {
    kind: "boolean",
    brief: "Read every file, also those that did not change since the last time",
  },
} as const satisfies OptionDefinitions;

/** Since when a thumbnail that others have too is an error. */
const changedOption = {
  since: {
    kind: "text",
    value: "REVISION",
    brief: "Thumbnails that changed since then must be those of no other template",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates duplicates`. */
export const duplicatesOptions = {
  ...contentOptions,
  ...changedOption,
  perceptual: { kind: "boolean", brief: "Also find thumbnails that only look alike" },
  distance: {
    kind: "integer",
    value: "BITS",
    default: 6,
    range: [0, 32],
    brief: "How many of the 128 bits of their hashes may differ, with --perceptual",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates check`. */
export const checkOptions = {
  ...contentOptions,
  ...changedOption,
  strict: { kind: "boolean", brief: "End with 1 also when there are only warnings" },
  committed: {
    kind: "boolean",
    brief: "Look at the manifest as it is committed, not as a sync has just written it",
  },
  published: {
    kind: "text",
    value: "FILE",
    brief:
      "A list of published file names (JSON, or one a line) that must hold what the index shows",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates sync`. */
export const syncOptions = {
  ...contentOptions,
  check: { kind: "boolean", brief: "Change nothing, and end with 1 when something would change" },
} as const satisfies OptionDefinitions;

/** Options of `templates links`. */
export const linksOptions = {
  ...contentOptions,
  online: { kind: "boolean", brief: "Ask the servers whether something is there" },
  allow: { kind: "list", value: "START", brief: "Follow only addresses that begin so" },
  skip: {
    kind: "list",
    value: "START",
    brief: "Do not follow addresses that begin so, besides those of whitelist.json",
  },
  timeout: {
    kind: "number",
    value: "SECONDS",
    default: 20,
    range: [0.1, 600],
    brief: "How long one answer may take",
  },
  retries: {
    kind: "integer",
    value: "N",
    default: 2,
    range: [0, 10],
    brief: "How often a request is repeated that fails in passing",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates stats`. */
export const statsOptions = {
  ...contentOptions,
  log: {
    kind: "text",
    value: "FILE",
    brief: "Count in this access log of a server how often templates were asked for",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates compat`. */
export const compatOptions = {
  ...rootOption,
  since: {
    kind: "text",
    value: "REVISION",
    brief: "Compare with this tag or commit (default: the last release in the history)",
  },
  acknowledge: {
    kind: "list",
    value: "ID",
    brief: "Changes of this template, or of the category with this title, are meant",
  },
  strict: { kind: "boolean", brief: "End with 1 also when there are only warnings" },
} as const satisfies OptionDefinitions;

/** Options of `templates test`. */
export const testOptions = {
  ...contentOptions,
  "object-info": {
    kind: "text",
    value: "FILE",
    brief: "What a running ComfyUI answers at /object_info, to know which nodes it offers",
  },
} as const satisfies OptionDefinitions;
