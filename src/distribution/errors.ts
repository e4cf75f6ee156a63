import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the distribution room. */
export const distributionErrors: Readonly<
  Record<"DISTRIBUTION_UNKNOWN" | "DISTRIBUTION_INVALID", ErrorKind>
> = defineErrors({
  DISTRIBUTION_UNKNOWN: {
    exit: ExitCode.usage,
    meaning: "This comfydock was made without the address that it would fetch from",
  },
  DISTRIBUTION_INVALID: {
    exit: ExitCode.usage,
    meaning: "The address of a distribution is no http address of a repository",
  },
});
