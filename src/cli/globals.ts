import type { OptionDefinitions } from "./types.ts";

/** The options that every command takes, wherever they stand before `--`. */
export const globalOptions = {
  workspace: {
    kind: "text",
    short: "w",
    value: "DIR",
    env: "COMFYDOCK_HOME",
    brief: "Workspace to work in (default: ~/.comfydock_workspace)",
  },
  env: {
    kind: "text",
    short: "e",
    value: "NAME",
    env: "COMFYDOCK_ENV",
    brief: "Environment to work on (default: the active one)",
  },
  json: {
    kind: "boolean",
    env: "COMFYDOCK_JSON",
    brief: "Print one JSON value instead of text",
  },
  yes: {
    kind: "boolean",
    short: "y",
    env: "COMFYDOCK_YES",
    brief: "Answer yes to every confirmation and ask nothing",
  },
  "non-interactive": {
    kind: "boolean",
    env: "COMFYDOCK_NON_INTERACTIVE",
    brief: "Ask nothing; fail where an answer is needed",
  },
  offline: { kind: "boolean", env: "COMFYDOCK_OFFLINE", brief: "Use no network" },
  quiet: {
    kind: "boolean",
    short: "q",
    env: "COMFYDOCK_QUIET",
    brief: "Print no progress and no messages but errors",
  },
  verbose: {
    kind: "count",
    short: "v",
    env: "COMFYDOCK_VERBOSE",
    brief: "Tell more, and what failing tools wrote; -vv adds stack traces",
  },
  "log-level": {
    kind: "choice",
    choices: ["DEBUG", "INFO", "WARNING", "ERROR"],
    env: "COMFYDOCK_LOG_LEVEL",
    brief: "Least weighty message to print (default: INFO)",
  },
  color: {
    kind: "choice",
    choices: ["auto", "always", "never"],
    default: "auto",
    env: "COMFYDOCK_COLOR",
    brief: "When to use colours; auto heeds NO_COLOR and FORCE_COLOR",
  },
  progress: {
    kind: "choice",
    choices: ["auto", "json"],
    default: "auto",
    env: "COMFYDOCK_PROGRESS",
    brief: "How to show progress; json writes NDJSON events to stderr",
  },
  "no-progress": {
    kind: "boolean",
    env: "COMFYDOCK_NO_PROGRESS",
    brief: "Show no progress",
  },
} as const satisfies OptionDefinitions;

/** Options that are answered before a command is run. */
export const answeredOptions = {
  help: { kind: "boolean", short: "h", brief: "Show this help" },
  version: { kind: "boolean", short: "V", brief: "Show the version" },
} as const satisfies OptionDefinitions;

/** What a command that changes something takes besides its own options. */
export const dryRunOption = {
  "dry-run": { kind: "boolean", brief: "Show the plan and change nothing" },
} as const satisfies OptionDefinitions;
