import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of branches. */
export const branchErrors: Readonly<
  Record<
    | "BRANCH_INVALID"
    | "BRANCH_NOT_FOUND"
    | "BRANCH_EXISTS"
    | "BRANCH_IN_USE"
    | "BRANCH_NOT_MERGED"
    | "BRANCH_NONE"
    | "CHANGES_NOT_COMMITTED"
    | "REVISION_UNSAFE",
    ErrorKind
  >
> = defineErrors({
  BRANCH_INVALID: { exit: ExitCode.usage, meaning: "A text is no name for a branch" },
  BRANCH_NOT_FOUND: { exit: ExitCode.notFound, meaning: "An environment has no such branch" },
  BRANCH_EXISTS: { exit: ExitCode.refused, meaning: "A branch of this name is there already" },
  BRANCH_IN_USE: { exit: ExitCode.refused, meaning: "The branch is the one that is worked on" },
  BRANCH_NOT_MERGED: {
    exit: ExitCode.refused,
    meaning: "A branch has commits that no other branch has",
  },
  BRANCH_NONE: { exit: ExitCode.refused, meaning: "The environment is on no branch" },
  CHANGES_NOT_COMMITTED: {
    exit: ExitCode.refused,
    meaning: "Changes in .cec that are in no commit would be lost",
  },
  REVISION_UNSAFE: {
    exit: ExitCode.refused,
    meaning: "A commit holds links, submodules or paths that no environment has",
  },
});
