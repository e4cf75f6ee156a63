import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";
import { contentOptions } from "../check/options.ts";

/** Options of `templates report`. */
export const reportOptions = {
  ...contentOptions,
  html: { kind: "text", value: "FILE", brief: "Write the page" },
  embed: {
    kind: "boolean",
    brief: "Put small thumbnails into the page, so that it can go elsewhere alone",
  },
  links: {
    kind: "text",
    value: "FILE",
    brief: "What `comfydock templates links --online --json` printed",
  },
  downloads: { kind: "text", value: "FILE", brief: "What pypistats answers to `recent`" },
} as const satisfies OptionDefinitions;

/** Options of `templates docs`. */
export const docsOptions = {
  ...contentOptions,
  out: {
    kind: "text",
    short: "o",
    value: "DIR",
    brief: "Where the pages go (default: docs/templates of the repository)",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates split-index`. */
export const splitOptions = {
  ...contentOptions,
  out: { kind: "text", short: "o", value: "DIR", required: true, brief: "Where the files go" },
} as const satisfies OptionDefinitions;

/** Options of `templates cdn manifest`. */
export const cdnOptions = {
  ...contentOptions,
  out: { kind: "text", short: "o", value: "FILE", brief: "Write the list as JSON" },
  "base-url": { kind: "text", value: "URL", brief: "What addresses begin with" },
} as const satisfies OptionDefinitions;

/** Options of `templates serve`. */
export const serveOptions = {
  ...contentOptions,
  port: {
    kind: "integer",
    range: [0, 65_535],
    default: 8190,
    brief: "Port on 127.0.0.1; 0 takes a free one",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates doctor`. */
export const doctorOptions = { ...contentOptions } as const satisfies OptionDefinitions;

/** Options of `templates guide`. */
export const guideOptions = { ...rootOption } as const satisfies OptionDefinitions;
