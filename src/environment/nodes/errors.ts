import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of the node packs of an environment. */
export const nodeChangeErrors: Readonly<
  Record<
    | "NODE_NOT_INSTALLED"
    | "NODE_DIRECTORY_TAKEN"
    | "NODE_DIRECTORY_INVALID"
    | "NODE_CHANGED"
    | "NODE_REFUSED"
    | "NODE_PARTLY_FAILED"
    | "NODE_SCRIPT_FAILED"
    | "BISECT_ACTIVE"
    | "BISECT_NONE"
    | "BISECT_TOO_FEW",
    ErrorKind
  >
> = defineErrors({
  NODE_NOT_INSTALLED: {
    exit: ExitCode.notFound,
    meaning: "The environment has no such node pack",
  },
  NODE_DIRECTORY_TAKEN: {
    exit: ExitCode.refused,
    meaning: "Something else stands where a node pack would be put",
  },
  NODE_DIRECTORY_INVALID: {
    exit: ExitCode.failed,
    meaning: "The manifest puts a node pack where none can be",
  },
  NODE_CHANGED: {
    exit: ExitCode.refused,
    meaning: "A node pack has local changes that would be lost",
  },
  NODE_REFUSED: {
    exit: ExitCode.refused,
    meaning: "What was asked for does not go together with the node packs that are there",
  },
  NODE_PARTLY_FAILED: {
    exit: ExitCode.failed,
    meaning: "Some of the node packs failed, the others were done",
  },
  NODE_SCRIPT_FAILED: {
    exit: ExitCode.failed,
    meaning: "The installation script of a node pack failed",
  },
  BISECT_ACTIVE: {
    exit: ExitCode.refused,
    meaning: "A search for a faulty node pack is under way and holds some of them disabled",
  },
  BISECT_NONE: {
    exit: ExitCode.refused,
    meaning: "No search for a faulty node pack is under way",
  },
  BISECT_TOO_FEW: {
    exit: ExitCode.refused,
    meaning: "There are too few enabled node packs to search among",
  },
});
