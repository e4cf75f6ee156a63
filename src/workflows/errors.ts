import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** What can go wrong with workflows. */
export const workflowErrors: Readonly<
  Record<"WORKFLOW_INVALID" | "WORKFLOW_EDIT_FAILED" | "WORKFLOW_NOT_EMBEDDED", ErrorKind>
> = defineErrors({
  WORKFLOW_INVALID: {
    exit: ExitCode.failed,
    meaning: "A file is no workflow of ComfyUI, or is damaged",
  },
  WORKFLOW_EDIT_FAILED: {
    exit: ExitCode.failed,
    meaning: "An edit of a workflow names a place that it does not have",
  },
  WORKFLOW_NOT_EMBEDDED: {
    exit: ExitCode.failed,
    meaning: "A picture, sound or video holds no workflow",
  },
});
