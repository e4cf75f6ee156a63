import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

const describing = {
  title: { kind: "text", value: "TEXT", brief: "What people see (default: made from the id)" },
  description: { kind: "text", value: "TEXT", brief: "One sentence on what it makes" },
  "media-type": {
    kind: "choice",
    choices: ["image", "video", "audio", "3d"],
    default: "image",
    brief: "What it makes",
  },
  variant: {
    kind: "choice",
    choices: ["compareSlider", "hoverDissolve", "hoverZoom", "zoomHover"],
    brief: "How thumbnails are shown; the first two need a second one",
  },
  tag: { kind: "list", value: "TAG", brief: "A tag" },
  model: { kind: "list", value: "NAME", brief: "A model that it uses, as people call it" },
  date: { kind: "text", value: "YYYY-MM-DD", brief: "Date of its release (default: today)" },
  tutorial: { kind: "text", value: "URL", brief: "Page that explains it" },
  bundle: {
    kind: "text",
    value: "BUNDLE",
    brief: "Its bundle (default: the recommended one, else the one of its medium)",
  },
  category: {
    kind: "text",
    value: "TITLE",
    brief: "Its category in the index (default: the first of its medium)",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates new`. */
export const newOptions = { ...rootOption, ...describing } as const satisfies OptionDefinitions;

/** Options of `templates add`. */
export const addOptions = {
  ...rootOption,
  workflow: {
    kind: "text",
    value: "FILE",
    required: true,
    brief: "The workflow: JSON, or a picture, sound or video that carries one",
  },
  thumbnail: {
    kind: "list",
    value: "FILE",
    brief: "Picture, video or sound that shows its result",
  },
  ...describing,
} as const satisfies OptionDefinitions;

/** Options of `templates rename` and `templates archive`. */
export const plainOptions = { ...rootOption } as const satisfies OptionDefinitions;

/** Options of `templates move`. */
export const moveOptions = {
  ...rootOption,
  bundle: { kind: "text", value: "BUNDLE", required: true, brief: "Where they go" },
} as const satisfies OptionDefinitions;

/** Options of `templates restore`. */
export const restoreOptions = {
  ...rootOption,
  bundle: { kind: "text", value: "BUNDLE", brief: "Where they go (default: where they were)" },
} as const satisfies OptionDefinitions;

/** Options of `templates migrate`. */
export const migrateOptions = {
  ...rootOption,
  renames: { kind: "text", value: "FILE", brief: 'Rename, too: JSON of {"old": "new"}' },
} as const satisfies OptionDefinitions;
