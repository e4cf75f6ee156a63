import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** What can go wrong with a repository of workflow templates as a whole; faults in its files are findings. */
export const templateErrors: Readonly<
  Record<
    | "E_NO_REPOSITORY"
    | "E_BAD_CONFIG"
    | "E_BAD_REPOSITORY"
    | "E_NO_GIT"
    | "E_SHALLOW"
    | "E_NO_REVISION"
    | "E_NO_PACKAGE"
    | "E_NO_TEMPLATE"
    | "E_FILE_CHANGED",
    ErrorKind
  >
> = defineErrors({
  E_NO_REPOSITORY: {
    exit: ExitCode.usage,
    meaning: "Neither this directory nor one above it is a repository of workflow templates",
  },
  E_BAD_CONFIG: {
    exit: ExitCode.usage,
    meaning: "A setting of templates.config.json is unknown, or has a value that it must not have",
  },
  E_BAD_REPOSITORY: {
    exit: ExitCode.failed,
    meaning: "A file of the repository has errors, so that nothing can be decided from it",
  },
  E_NO_GIT: {
    exit: ExitCode.missingTool,
    meaning: "The repository of templates is not under git, and its history was asked for",
  },
  E_SHALLOW: {
    exit: ExitCode.missingTool,
    meaning: "A shallow clone does not hold the history that was asked for",
  },
  E_NO_REVISION: {
    exit: ExitCode.usage,
    meaning: "A revision that was named does not exist",
  },
  E_NO_PACKAGE: { exit: ExitCode.notFound, meaning: "No package of the repository has this name" },
  E_FILE_CHANGED: {
    exit: ExitCode.refused,
    meaning: "A file was changed by someone else between plan and change",
  },
  E_NO_TEMPLATE: { exit: ExitCode.notFound, meaning: "No template has this id" },
});
