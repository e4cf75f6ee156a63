import type { OptionDefinitions } from "../types.ts";

/** Options of `validate`. */
export const validateEnvironmentOptions = {
  strict: { kind: "boolean", brief: "Warnings count too, such as what is not committed" },
} as const satisfies OptionDefinitions;

/** Options of `sync`. */
export const syncOptions = {
  locked: { kind: "boolean", brief: "Fail when the lock does not fit, instead of renewing it" },
  frozen: { kind: "boolean", brief: "Install what the lock says, without looking whether it fits" },
  check: { kind: "boolean", brief: "Change nothing; exit code 1 when something differs" },
} as const satisfies OptionDefinitions;

/** Options of `lock`. */
export const lockOptions = {
  upgrade: {
    kind: "boolean",
    short: "U",
    brief: "Take newer versions: of the named packages, or of all",
  },
  check: { kind: "boolean", brief: "Change nothing; exit code 1 when the lock would change" },
} as const satisfies OptionDefinitions;

/** Options of `commit`. */
export const commitOptions = {
  message: { kind: "text", short: "m", value: "MSG", required: true, brief: "What it is for" },
} as const satisfies OptionDefinitions;

/** Options of `log`. */
export const logOptions = {
  limit: {
    kind: "integer",
    short: "n",
    value: "N",
    default: 20,
    range: [1, 100_000],
    brief: "How many commits at most",
  },
} as const satisfies OptionDefinitions;
