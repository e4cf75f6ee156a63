import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the workspace. */
export const workspaceErrors: Readonly<
  Record<
    | "WORKSPACE_NOT_FOUND"
    | "WORKSPACE_INVALID"
    | "WORKSPACE_NEWER"
    | "WORKSPACE_DIRECTORY_FOREIGN"
    | "ENVIRONMENT_NOT_FOUND"
    | "ENVIRONMENT_NONE_ACTIVE"
    | "ENVIRONMENT_EXISTS"
    | "ENVIRONMENT_NAME_INVALID"
    | "LOCKED"
    | "CONFIG_KEY_UNKNOWN"
    | "CONFIG_KEY_SECRET"
    | "CONFIG_VALUE_INVALID"
    | "CONFIG_NEWER"
    | "TOKEN_REFUSED"
    | "JOURNAL_DAMAGED"
    | "JOURNAL_PENDING"
    | "UNDO_NOTHING"
    | "UNDO_IMPOSSIBLE"
    | "UNDO_AMBIGUOUS"
    | "TRASH_NOT_FOUND"
    | "TRASH_OCCUPIED"
    | "CACHE_BUCKET_UNKNOWN"
    | "LINK_OCCUPIED",
    ErrorKind
  >
> = defineErrors({
  WORKSPACE_NOT_FOUND: { exit: ExitCode.notFound, meaning: "There is no workspace at that path" },
  WORKSPACE_INVALID: {
    exit: ExitCode.failed,
    meaning: "The workspace.json of a workspace is damaged; it is left as it is",
  },
  WORKSPACE_NEWER: {
    exit: ExitCode.missingTool,
    meaning: "A workspace was written by a newer comfydock than this one",
  },
  WORKSPACE_DIRECTORY_FOREIGN: {
    exit: ExitCode.refused,
    meaning: "A workspace was to be made where other things already are",
  },
  ENVIRONMENT_NOT_FOUND: { exit: ExitCode.notFound, meaning: "There is no environment so named" },
  ENVIRONMENT_NONE_ACTIVE: {
    exit: ExitCode.notFound,
    meaning: "No environment was named and none is active",
  },
  ENVIRONMENT_EXISTS: {
    exit: ExitCode.refused,
    meaning: "An environment of that name exists, perhaps in other case",
  },
  ENVIRONMENT_NAME_INVALID: {
    exit: ExitCode.usage,
    meaning: "A name cannot be the name of an environment",
  },
  LOCKED: {
    exit: ExitCode.refused,
    meaning: "Another process holds the lock and did not release it in time",
  },
  CONFIG_KEY_UNKNOWN: { exit: ExitCode.usage, meaning: "There is no setting so named" },
  CONFIG_KEY_SECRET: {
    exit: ExitCode.usage,
    meaning: "A secret was to be stored where settings are, or the other way round",
  },
  CONFIG_VALUE_INVALID: { exit: ExitCode.usage, meaning: "A setting does not take that value" },
  CONFIG_NEWER: {
    exit: ExitCode.missingTool,
    meaning: "A configuration file was written by a newer comfydock than this one",
  },
  TOKEN_REFUSED: {
    exit: ExitCode.refused,
    meaning: "The service that a token is for does not know it",
  },
  JOURNAL_DAMAGED: {
    exit: ExitCode.failed,
    meaning: "The journal of an interrupted command cannot be read",
  },
  JOURNAL_PENDING: {
    exit: ExitCode.refused,
    meaning: "An interrupted command could not be taken back in full yet",
  },
  UNDO_NOTHING: { exit: ExitCode.notFound, meaning: "There is no command to take back" },
  UNDO_IMPOSSIBLE: {
    exit: ExitCode.refused,
    meaning: "What the last command changed is no longer as it left it",
  },
  UNDO_AMBIGUOUS: {
    exit: ExitCode.usage,
    meaning: "What was changed last is not in the active environment",
  },
  TRASH_NOT_FOUND: { exit: ExitCode.notFound, meaning: "There is nothing in the trash so named" },
  TRASH_OCCUPIED: {
    exit: ExitCode.refused,
    meaning: "Something already stands where a thing from the trash would return to",
  },
  CACHE_BUCKET_UNKNOWN: { exit: ExitCode.usage, meaning: "There is no cache bucket so named" },
  LINK_OCCUPIED: {
    exit: ExitCode.refused,
    meaning: "Something that is no link stands where a link is to be",
  },
});
