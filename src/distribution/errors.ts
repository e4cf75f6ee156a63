import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the distribution room. */
export const distributionErrors: Readonly<
  Record<
    | "DISTRIBUTION_UNKNOWN"
    | "DISTRIBUTION_INVALID"
    | "RELEASE_NOT_FOUND"
    | "RELEASE_INVALID"
    | "PROGRAM_NOT_COMPILED"
    | "PROGRAM_OWNED"
    | "PROGRAM_UNSOUND"
    | "PROGRAM_NOT_KEPT",
    ErrorKind
  >
> = defineErrors({
  DISTRIBUTION_UNKNOWN: {
    exit: ExitCode.usage,
    meaning: "This comfydock was made without the address that it would fetch from",
  },
  DISTRIBUTION_INVALID: {
    exit: ExitCode.usage,
    meaning: "The address of a distribution is no http address of a repository",
  },
  RELEASE_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "There is no such release, or none for this system",
  },
  RELEASE_INVALID: {
    exit: ExitCode.failed,
    meaning: "What lies at the address describes no release of comfydock, or another one",
  },
  PROGRAM_NOT_COMPILED: {
    exit: ExitCode.usage,
    meaning: "This comfydock runs from its sources or a URL, so that there is no file to replace",
  },
  PROGRAM_OWNED: {
    exit: ExitCode.usage,
    meaning: "A package manager keeps the file of comfydock up to date",
  },
  PROGRAM_UNSOUND: {
    exit: ExitCode.failed,
    meaning:
      "A fetched comfydock is not what its release lists, does not start here, or is of another version",
  },
  PROGRAM_NOT_KEPT: {
    exit: ExitCode.notFound,
    meaning: "No earlier comfydock is kept to go back to",
  },
});
