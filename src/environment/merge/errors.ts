import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of merges. */
export const mergeErrors: Readonly<
  Record<"MERGE_CONFLICT" | "HISTORIES_UNRELATED", ErrorKind>
> = defineErrors({
  MERGE_CONFLICT: {
    exit: ExitCode.refused,
    meaning: "Both sides of a merge have changed the same thing, each in its own way",
  },
  HISTORIES_UNRELATED: {
    exit: ExitCode.refused,
    meaning: "Two histories have no commit in common",
  },
});
