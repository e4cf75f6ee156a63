import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of reading archives. */
export const archiveErrors: Readonly<
  Record<"ARCHIVE_INVALID" | "ARCHIVE_UNSAFE" | "ARCHIVE_TOO_LARGE", ErrorKind>
> = defineErrors({
  ARCHIVE_INVALID: {
    exit: ExitCode.failed,
    meaning: "An archive is damaged, cut short, encrypted or of an unknown format",
  },
  ARCHIVE_UNSAFE: {
    exit: ExitCode.refused,
    meaning: "An archive holds a path or an entry that could harm this or another machine",
  },
  ARCHIVE_TOO_LARGE: {
    exit: ExitCode.refused,
    meaning: "An archive unpacks to more bytes or entries than is accepted",
  },
});
