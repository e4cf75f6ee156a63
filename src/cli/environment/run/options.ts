import type { OptionDefinitions } from "../../types.ts";

/** Options of `run`. */
export const runOptions = {
  "no-sync": {
    kind: "boolean",
    brief: "Start what is there, without looking whether it is what the lock says",
  },
  watch: {
    kind: "boolean",
    brief: "Keep the tracked workflows in step meanwhile, as comfydock workflow watch does",
  },
  detach: { kind: "boolean", short: "d", brief: "Start it in the background and return" },
  wait: { kind: "boolean", brief: "With --detach, wait until ComfyUI answers" },
  timeout: {
    kind: "number",
    value: "SECONDS",
    range: [0.1, 86_400],
    brief: "With --wait, how long at most (default: 300)",
  },
  port: {
    kind: "text",
    value: "N|auto",
    brief: "Where ComfyUI listens (default: 8188); auto takes the first free port from 8188 on",
  },
} as const satisfies OptionDefinitions;

/** Options of `stop`. */
export const stopOptions = {
  timeout: {
    kind: "number",
    value: "SECONDS",
    range: [0, 3_600],
    default: 10,
    brief: "How long ComfyUI has to end after being asked, and again after being told",
  },
} as const satisfies OptionDefinitions;

/** Options of `logs`. */
export const logsOptions = {
  follow: { kind: "boolean", short: "f", brief: "Go on with what is added, until Ctrl-C" },
  lines: {
    kind: "integer",
    short: "n",
    value: "LINES",
    range: [0, 1_000_000],
    default: 50,
    brief: "How many of the last lines",
  },
} as const satisfies OptionDefinitions;
