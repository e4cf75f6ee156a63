import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of containers. */
export const containerErrors: Readonly<
  Record<
    "CONTAINER_DIRECTORY_FOREIGN" | "CONTAINER_BASE_UNKNOWN" | "CONTAINER_INCOMPLETE",
    ErrorKind
  >
> = defineErrors({
  CONTAINER_DIRECTORY_FOREIGN: {
    exit: ExitCode.refused,
    meaning: "The directory for a container holds something else, or files that were changed",
  },
  CONTAINER_BASE_UNKNOWN: {
    exit: ExitCode.notFound,
    meaning: "No base image is known for a torch backend, or the one that was named is not pinned",
  },
  CONTAINER_INCOMPLETE: {
    exit: ExitCode.refused,
    meaning: "An environment does not say all that its container has to be built from",
  },
});
