import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** What can go wrong with the workflows of an environment. */
export const workflowChangeErrors: Readonly<
  Record<
    | "WORKFLOW_NOT_FOUND"
    | "WORKFLOW_CONFLICT"
    | "WORKFLOW_NAME_INVALID"
    | "WORKFLOW_EXISTS"
    | "WORKFLOW_ANSWER_INVALID",
    ErrorKind
  >
> = defineErrors({
  WORKFLOW_NOT_FOUND: { exit: ExitCode.notFound, meaning: "There is no workflow of that name" },
  WORKFLOW_CONFLICT: {
    exit: ExitCode.refused,
    meaning: "A workflow was changed on both sides, and nobody has said which one counts",
  },
  WORKFLOW_EXISTS: {
    exit: ExitCode.refused,
    meaning: "Another workflow has that name already",
  },
  WORKFLOW_ANSWER_INVALID: {
    exit: ExitCode.usage,
    meaning: "What was said of a model is neither an address nor a file that is here",
  },
  WORKFLOW_NAME_INVALID: {
    exit: ExitCode.usage,
    meaning: "A workflow cannot have that name on every system",
  },
});
