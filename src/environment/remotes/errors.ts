import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of remotes. */
export const remoteErrors: Readonly<
  Record<
    | "REMOTE_INVALID"
    | "REMOTE_EXISTS"
    | "REMOTE_NOT_FOUND"
    | "REMOTE_NONE"
    | "REMOTE_BRANCH_NOT_FOUND"
    | "REMOTE_OFFLINE",
    ErrorKind
  >
> = defineErrors({
  REMOTE_INVALID: {
    exit: ExitCode.usage,
    meaning: "The name or the address of a remote is none that can be used",
  },
  REMOTE_EXISTS: { exit: ExitCode.refused, meaning: "A remote of this name is there already" },
  REMOTE_NOT_FOUND: { exit: ExitCode.notFound, meaning: "An environment has no such remote" },
  REMOTE_NONE: {
    exit: ExitCode.missingTool,
    meaning: "Nothing says which remote a branch goes to or comes from",
  },
  REMOTE_BRANCH_NOT_FOUND: { exit: ExitCode.notFound, meaning: "A remote has no such branch" },
  REMOTE_OFFLINE: {
    exit: ExitCode.network,
    meaning: "A remote is not on this machine and the network is switched off",
  },
});
