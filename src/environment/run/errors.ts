import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of running ComfyUI. */
export const runErrors: Readonly<
  Record<
    | "RUN_ALREADY"
    | "RUN_PORT_IN_USE"
    | "RUN_ARGUMENTS_INVALID"
    | "RUN_NOT_READY"
    | "RUN_NO_ANSWER"
    | "RUN_FAILED"
    | "RUN_NOT_STOPPED"
    | "RUN_LOG_MISSING",
    ErrorKind
  >
> = defineErrors({
  RUN_ALREADY: { exit: ExitCode.refused, meaning: "The environment's ComfyUI runs already" },
  RUN_PORT_IN_USE: {
    exit: ExitCode.refused,
    meaning: "Another program listens where ComfyUI should",
  },
  RUN_ARGUMENTS_INVALID: {
    exit: ExitCode.usage,
    meaning: "ComfyUI's arguments contradict those of `run`",
  },
  RUN_NOT_READY: {
    exit: ExitCode.missingTool,
    meaning: "The environment lacks its ComfyUI or its Python packages",
  },
  RUN_NO_ANSWER: { exit: ExitCode.failed, meaning: "ComfyUI runs and did not answer in time" },
  RUN_FAILED: {
    exit: ExitCode.failed,
    meaning: "ComfyUI ended with a failure; `run` ends with its exit code",
  },
  RUN_NOT_STOPPED: { exit: ExitCode.refused, meaning: "ComfyUI cannot be ended by this user" },
  RUN_LOG_MISSING: {
    exit: ExitCode.notFound,
    meaning: "ComfyUI has not run yet, so it has no log",
  },
});
