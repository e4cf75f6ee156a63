import type { OptionDefinitions } from "../../types.ts";
import { rootOption } from "../options.ts";

/** Options of `templates packages list`. */
export const listOptions = { ...rootOption } as const satisfies OptionDefinitions;

const sinceOption = {
  since: {
    kind: "text",
    value: "REVISION",
    brief: "Compare with this tag or commit (default: the last release in the history)",
  },
} as const satisfies OptionDefinitions;

const preOption = {
  pre: { kind: "text", value: "LABEL", brief: "Pre-releases with this label, such as rc1" },
} as const satisfies OptionDefinitions;

/** Options of `templates packages changed`. */
export const changedOptions = {
  ...rootOption,
  ...sinceOption,
  committed: {
    kind: "boolean",
    brief: "Look only at what is committed, not at edited and new files",
  },
  "exit-code": { kind: "boolean", brief: "End with 1 when a package changed" },
} as const satisfies OptionDefinitions;

/** Options of `templates packages bump`. */
export const bumpOptions = {
  ...rootOption,
  ...sinceOption,
  minor: { kind: "list", value: "PACKAGE", brief: "Raise the second number of this package" },
  major: { kind: "list", value: "PACKAGE", brief: "Raise the first number of this package" },
  ...preOption,
} as const satisfies OptionDefinitions;

/** Options of `templates packages pin`. */
export const pinOptions = {
  ...rootOption,
  check: { kind: "boolean", brief: "Change nothing, and end with 1 when a pin is not right" },
} as const satisfies OptionDefinitions;

const indexOptions = {
  "publish-url": { kind: "text", value: "URL", brief: "Where files are uploaded to" },
  "check-url": {
    kind: "text",
    value: "URL",
    brief: "Simple index in which what was uploaded is found",
  },
  channel: {
    kind: "text",
    value: "NAME",
    brief: "An index that uv's configuration calls so, such as test",
  },
} as const satisfies OptionDefinitions;

const distOption = {
  dist: { kind: "text", value: "DIR", brief: "Directory of distributions (default: dist)" },
} as const satisfies OptionDefinitions;

const reportOptions = {
  report: { kind: "text", value: "FILE", brief: "Write a report as Markdown, on failure too" },
  "report-json": { kind: "text", value: "FILE", brief: "Write a report as JSON, on failure too" },
} as const satisfies OptionDefinitions;

const buildingOptions = {
  jobs: {
    kind: "integer",
    short: "j",
    value: "N",
    range: [1, 64],
    brief: "How many packages are built beside each other (default: 2)",
  },
  builder: {
    kind: "choice",
    choices: ["native", "command"],
    default: "native",
    brief: "Write files itself, or let `python -m build` do it",
  },
  python: { kind: "text", value: "PROGRAM", brief: "The Python of --builder command" },
  "no-isolation": {
    kind: "boolean",
    brief: "With --builder command: use the backends that are installed",
  },
  allow: { kind: "boolean", brief: "Allow files near to the largest that the index accepts" },
} as const satisfies OptionDefinitions;

const publishingOptions = {
  ...indexOptions,
  usage: {
    kind: "text",
    value: "FILE|URL",
    brief: "What distributions use on the index: JSON with bytes by name, or a simple index to ask",
  },
  wait: {
    kind: "integer",
    value: "SECONDS",
    range: [0, 86_400],
    brief: "How long to wait until the index gives out what it took (default: 300)",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates packages check`. */
export const checkOptions = {
  ...rootOption,
  ...sinceOption,
  ...preOption,
  ...indexOptions,
  versions: {
    kind: "list",
    value: "X.Y",
    brief: "Versions of Python that packages have to allow; may be separated by commas",
  },
  name: { kind: "text", value: "NAME", brief: "Of remote: only this distribution" },
  version: { kind: "text", value: "VERSION", brief: "Of remote: this version of it" },
  strict: { kind: "boolean", brief: "Let warnings fail, too" },
} as const satisfies OptionDefinitions;

/** Options of `templates packages build`. */
export const buildOptions = {
  ...rootOption,
  ...distOption,
  changed: { kind: "boolean", brief: "Only packages that changed since the last release" },
  ...buildingOptions,
  ...preOption,
  ...reportOptions,
} as const satisfies OptionDefinitions;

/** Options of `templates packages publish`. */
export const publishOptions = {
  ...rootOption,
  ...distOption,
  ...publishingOptions,
  resume: { kind: "boolean", brief: "Go on with a publication that was interrupted" },
  ...preOption,
  ...reportOptions,
} as const satisfies OptionDefinitions;

/** Options of `templates packages release`. */
export const releaseOptions = {
  ...rootOption,
  ...sinceOption,
  ...distOption,
  ...buildingOptions,
  ...publishingOptions,
  "no-tag": { kind: "boolean", brief: "Neither commit nor tag what was released" },
  ...preOption,
  ...reportOptions,
} as const satisfies OptionDefinitions;

/** Options of `templates packages rollback`. */
export const rollbackOptions = { ...rootOption } as const satisfies OptionDefinitions;

/** Options of `templates packages clean`. */
export const cleanOptions = { ...rootOption, ...distOption } as const satisfies OptionDefinitions;

/** Options of `templates packages notes`. */
export const notesOptions = {
  ...rootOption,
  ...sinceOption,
  output: { kind: "text", short: "o", value: "FILE", brief: "Write them to a file" },
} as const satisfies OptionDefinitions;

/** Options of `templates packages changelog`. */
export const changelogOptions = {
  ...rootOption,
  ...sinceOption,
  file: { kind: "text", value: "FILE", brief: "The changelog (default: CHANGELOG.md)" },
} as const satisfies OptionDefinitions;

const metricsFileOption = {
  file: {
    kind: "text",
    value: "FILE",
    brief: "Where measurements are kept (default: .templates-metrics.jsonl)",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates packages metrics`. */
export const metricsOptions = {
  ...rootOption,
  ...metricsFileOption,
} as const satisfies OptionDefinitions;

/** Options of `templates packages metrics compare`. */
export const compareOptions = {
  ...rootOption,
  ...metricsFileOption,
  "max-growth": {
    kind: "text",
    value: "SHARE",
    default: "10%",
    brief: "How much a number may grow from one run to the next",
  },
} as const satisfies OptionDefinitions;

/** Options of `templates packages metrics downloads`. */
export const downloadsOptions = {
  ...rootOption,
  from: {
    kind: "text",
    value: "FILE|URL",
    required: true,
    brief: "What pypistats answers to `recent`, or a list of such answers",
  },
} as const satisfies OptionDefinitions;
