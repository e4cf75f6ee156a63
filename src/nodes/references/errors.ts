import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of naming node packs. */
export const referenceErrors: Readonly<
  Record<
    "NODE_REFERENCE_INVALID" | "NODE_VERSION_NOT_FOUND" | "NODE_REF_NOT_FOUND",
    ErrorKind
  >
> = defineErrors({
  NODE_REFERENCE_INVALID: {
    exit: ExitCode.usage,
    meaning: "What names a node pack is no registry id, no git address and no path",
  },
  NODE_VERSION_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A node pack has no such version, or none that can be installed",
  },
  NODE_REF_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "The repository of a node pack has no such branch, tag or commit",
  },
});
