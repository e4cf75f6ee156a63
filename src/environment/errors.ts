import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of environments. */
export const environmentErrors: Readonly<
  Record<
    | "ENVIRONMENT_DAMAGED"
    | "ENVIRONMENT_DIFFERS"
    | "COMFYUI_CHANGED"
    | "PYTHON_UNSUITABLE"
    | "REVISION_NOT_FOUND"
    | "NOTHING_TO_COMMIT"
    | "NOTHING_TO_ROLL_BACK"
    | "REQUIREMENT_NOT_FOUND"
    | "GROUP_OWNED",
    ErrorKind
  >
> = defineErrors({
  ENVIRONMENT_DAMAGED: {
    exit: ExitCode.failed,
    meaning: "Something that every environment has is missing from this one",
  },
  ENVIRONMENT_DIFFERS: {
    exit: ExitCode.failed,
    meaning: "An environment is not what its manifest and lock say",
  },
  COMFYUI_CHANGED: {
    exit: ExitCode.refused,
    meaning: "ComfyUI has local changes that another version would overwrite",
  },
  PYTHON_UNSUITABLE: {
    exit: ExitCode.usage,
    meaning: "The wanted Python is none that ComfyUI supports",
  },
  REVISION_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "The history of an environment has no such revision",
  },
  NOTHING_TO_COMMIT: {
    exit: ExitCode.refused,
    meaning: "Nothing has changed since the last commit",
  },
  NOTHING_TO_ROLL_BACK: {
    exit: ExitCode.refused,
    meaning: "The environment is already as the revision has it",
  },
  REQUIREMENT_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A requirement that was to be removed is not in the manifest",
  },
  GROUP_OWNED: {
    exit: ExitCode.refused,
    meaning: "A dependency group belongs to a node pack or to the torch backend",
  },
});
