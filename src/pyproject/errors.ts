import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the manifest. */
export const pyprojectErrors: Readonly<
  Record<
    | "MANIFEST_INVALID"
    | "MANIFEST_SCHEMA_NEWER"
    | "MANIFEST_EDIT_FAILED"
    | "REQUIREMENT_INVALID"
    | "TORCH_BACKEND_INVALID"
    | "TORCH_SOURCE_FOREIGN",
    ErrorKind
  >
> = defineErrors({
  MANIFEST_INVALID: {
    exit: ExitCode.failed,
    meaning: "A pyproject.toml is not TOML 1.0, or one of its fields has the wrong shape",
  },
  MANIFEST_SCHEMA_NEWER: {
    exit: ExitCode.missingTool,
    meaning: "A pyproject.toml was written by a newer comfydock than this one",
  },
  MANIFEST_EDIT_FAILED: {
    exit: ExitCode.failed,
    meaning:
      "An edit of a pyproject.toml would not have given what was wanted; nothing was written",
  },
  REQUIREMENT_INVALID: {
    exit: ExitCode.usage,
    meaning: "A Python requirement is not of the form that PEP 508 describes",
  },
  TORCH_BACKEND_INVALID: {
    exit: ExitCode.usage,
    meaning: "A torch backend or torch index is none that comfydock knows",
  },
  TORCH_SOURCE_FOREIGN: {
    exit: ExitCode.refused,
    meaning: "A hand-written source of torch stands where the torch backend would write one",
  },
});
