import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** What can be wrong with a command line, and how a command may end that did its work. */
export const cliErrors: Readonly<
  Record<
    | "COMMAND_UNKNOWN"
    | "COMMAND_MISSING"
    | "OPTION_UNKNOWN"
    | "OPTION_REPEATED"
    | "OPTION_VALUE_MISSING"
    | "OPTION_VALUE_INVALID"
    | "OPTION_MISSING"
    | "ARGUMENT_MISSING"
    | "ARGUMENT_UNEXPECTED"
    | "ARGUMENT_INVALID"
    | "VARIABLE_INVALID"
    | "FILE_EXISTS"
    | "VALUE_NOT_SET"
    | "CHECK_FAILED",
    ErrorKind
  >
> = defineErrors({
  COMMAND_UNKNOWN: { exit: ExitCode.usage, meaning: "No command has this name" },
  COMMAND_MISSING: { exit: ExitCode.usage, meaning: "A group was named without a command" },
  OPTION_UNKNOWN: { exit: ExitCode.usage, meaning: "The command has no such option" },
  OPTION_REPEATED: { exit: ExitCode.usage, meaning: "An option with one value was given twice" },
  OPTION_VALUE_MISSING: { exit: ExitCode.usage, meaning: "An option was given without its value" },
  OPTION_VALUE_INVALID: { exit: ExitCode.usage, meaning: "The value of an option is not allowed" },
  OPTION_MISSING: { exit: ExitCode.usage, meaning: "A required option was not given" },
  ARGUMENT_MISSING: { exit: ExitCode.usage, meaning: "A required argument was not given" },
  ARGUMENT_UNEXPECTED: { exit: ExitCode.usage, meaning: "More arguments than the command takes" },
  ARGUMENT_INVALID: { exit: ExitCode.usage, meaning: "The value of an argument is not allowed" },
  VARIABLE_INVALID: {
    exit: ExitCode.usage,
    meaning: "An environment variable holds a value that is not allowed",
  },
  FILE_EXISTS: {
    exit: ExitCode.refused,
    meaning: "A file that was to be written is there already, and shall not be replaced",
  },
  VALUE_NOT_SET: { exit: ExitCode.notFound, meaning: "A setting has no value" },
  CHECK_FAILED: {
    exit: ExitCode.failed,
    meaning: "The command did its work and found errors; `data` holds them",
  },
});
