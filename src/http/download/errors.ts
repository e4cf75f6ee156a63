import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of files that are fetched to disk. */
export const downloadErrors: Readonly<
  Record<
    "DOWNLOAD_LENGTH_WRONG" | "DOWNLOAD_DIGEST_WRONG" | "DOWNLOAD_NOT_A_FILE" | "DOWNLOAD_BUSY",
    ErrorKind
  >
> = defineErrors({
  DOWNLOAD_LENGTH_WRONG: {
    exit: ExitCode.network,
    meaning: "A file that was fetched is longer or shorter than it should be",
  },
  DOWNLOAD_DIGEST_WRONG: {
    exit: ExitCode.network,
    meaning: "A file that was fetched has other content than expected; it is kept aside",
  },
  DOWNLOAD_NOT_A_FILE: {
    exit: ExitCode.network,
    meaning: "A server answered with a page where a file was expected",
  },
  DOWNLOAD_BUSY: {
    exit: ExitCode.refused,
    meaning: "Another process is fetching the same file",
  },
});
