import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the data pipeline. */
export const pipelineErrors: Readonly<
  Record<
    | "SNAPSHOT_NOT_FOUND"
    | "SNAPSHOT_DAMAGED"
    | "SNAPSHOT_TOO_LARGE"
    | "SNAPSHOT_DATE_INVALID"
    | "SNAPSHOT_NAME_INVALID"
    | "VALIDATION_FAILED"
    | "MANAGER_DATA_KEPT"
    | "NOTHING_TO_UPDATE"
    | "NOTHING_FOUND",
    ErrorKind
  >
> = defineErrors({
  SNAPSHOT_NOT_FOUND: { exit: ExitCode.notFound, meaning: "There is no snapshot of that date" },
  SNAPSHOT_DAMAGED: {
    exit: ExitCode.failed,
    meaning: "A snapshot does not match its checksum or is no registry cache",
  },
  SNAPSHOT_TOO_LARGE: {
    exit: ExitCode.failed,
    meaning: "A snapshot unpacks to more bytes than is accepted",
  },
  SNAPSHOT_DATE_INVALID: { exit: ExitCode.usage, meaning: "A snapshot date is not YYYY-MM-DD" },
  SNAPSHOT_NAME_INVALID: {
    exit: ExitCode.usage,
    meaning: "A file for a snapshot's manager directory has a name that is not accepted",
  },
  VALIDATION_FAILED: {
    exit: ExitCode.failed,
    meaning: "Validation found errors in data that was about to be published",
  },
  MANAGER_DATA_KEPT: {
    exit: ExitCode.network,
    meaning: "ComfyUI-Manager's data could not be fetched, and that of before was used",
  },
  NOTHING_FOUND: { exit: ExitCode.notFound, meaning: "A search found nothing" },
  NOTHING_TO_UPDATE: {
    exit: ExitCode.usage,
    meaning: "Every phase of an update was switched off, or one has no data to work on",
  },
});
