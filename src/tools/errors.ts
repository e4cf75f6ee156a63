import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of running programs, git and uv. */
export const toolErrors: Readonly<
  Record<
    | "TOOL_MISSING"
    | "TOOL_FAILED"
    | "TOOL_TIMEOUT"
    | "TOOL_OUTPUT_TOO_LARGE"
    | "UV_MISSING"
    | "GIT_AUTH_NEEDED"
    | "GIT_REPOSITORY_NOT_FOUND"
    | "GIT_REPOSITORY_DAMAGED"
    | "GIT_REF_NOT_FOUND"
    | "GIT_NETWORK"
    | "GIT_FOREIGN_OWNER"
    | "GIT_LOCAL_CHANGES"
    | "GIT_LOCKED"
    | "GIT_NO_IDENTITY"
    | "GIT_NO_REPOSITORY"
    | "GIT_PUSH_REJECTED"
    | "PYTHON_CONFLICT"
    | "PYTHON_MISSING"
    | "PACKAGE_CONFLICT"
    | "PACKAGE_NOT_FOUND"
    | "PACKAGE_NO_WHEEL"
    | "PACKAGE_BUILD_FAILED"
    | "PACKAGE_HASH_MISMATCH"
    | "PACKAGE_NOT_CACHED"
    | "INDEX_AUTH_NEEDED"
    | "INDEX_UNREACHABLE"
    | "LOCK_OUTDATED"
    | "UV_INPUT_INVALID",
    ErrorKind
  >
> = defineErrors({
  TOOL_MISSING: {
    exit: ExitCode.missingTool,
    meaning: "A program that is needed is not installed",
  },
  TOOL_FAILED: { exit: ExitCode.toolFailed, meaning: "A program such as git or uv failed" },
  TOOL_TIMEOUT: { exit: ExitCode.toolFailed, meaning: "A program gave no answer in time" },
  TOOL_OUTPUT_TOO_LARGE: {
    exit: ExitCode.toolFailed,
    meaning: "A program wrote more than is accepted",
  },
  UV_MISSING: {
    exit: ExitCode.missingTool,
    meaning: "The program uv is not installed and could not be fetched",
  },
  GIT_AUTH_NEEDED: {
    exit: ExitCode.toolFailed,
    meaning: "A git server wants credentials that git does not have",
  },
  GIT_REPOSITORY_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A git repository does not exist, or not for these credentials",
  },
  GIT_REPOSITORY_DAMAGED: {
    exit: ExitCode.toolFailed,
    meaning: "Objects of a git repository are missing or damaged",
  },
  GIT_REF_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A branch, tag or commit does not exist in a git repository",
  },
  GIT_NETWORK: { exit: ExitCode.network, meaning: "A git server cannot be reached" },
  GIT_FOREIGN_OWNER: {
    exit: ExitCode.refused,
    meaning: "A repository is refused by git because it belongs to another user",
  },
  GIT_LOCAL_CHANGES: {
    exit: ExitCode.refused,
    meaning: "Changes that were not committed would be overwritten by git",
  },
  GIT_LOCKED: { exit: ExitCode.refused, meaning: "Another git process holds a repository" },
  GIT_NO_IDENTITY: {
    exit: ExitCode.missingTool,
    meaning: "The name and e-mail address to commit with are not known to git",
  },
  GIT_NO_REPOSITORY: { exit: ExitCode.notFound, meaning: "A directory is not a git repository" },
  GIT_PUSH_REJECTED: {
    exit: ExitCode.refused,
    meaning: "A server does not take a branch, mostly because it has commits of others",
  },
  PYTHON_CONFLICT: {
    exit: ExitCode.refused,
    meaning: "A package or the project does not support the chosen Python",
  },
  PYTHON_MISSING: {
    exit: ExitCode.missingTool,
    meaning: "The wanted Python is not installed and cannot be had",
  },
  PACKAGE_CONFLICT: {
    exit: ExitCode.refused,
    meaning: "Requirements exclude each other",
  },
  PACKAGE_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A Python package or the wanted version of it does not exist",
  },
  PACKAGE_NO_WHEEL: {
    exit: ExitCode.failed,
    meaning: "A Python package has nothing that fits this platform",
  },
  PACKAGE_BUILD_FAILED: {
    exit: ExitCode.toolFailed,
    meaning: "A Python package could not be built from source",
  },
  PACKAGE_HASH_MISMATCH: {
    exit: ExitCode.refused,
    meaning: "A downloaded Python package is not the one that was locked",
  },
  PACKAGE_NOT_CACHED: {
    exit: ExitCode.network,
    meaning: "A Python package is not in the cache and the network is switched off",
  },
  INDEX_AUTH_NEEDED: {
    exit: ExitCode.network,
    meaning: "A package index refuses the request without the right credentials",
  },
  INDEX_UNREACHABLE: { exit: ExitCode.network, meaning: "A package index cannot be reached" },
  LOCK_OUTDATED: {
    exit: ExitCode.failed,
    meaning: "The lock uv.lock does not fit pyproject.toml any more",
  },
  UV_INPUT_INVALID: {
    exit: ExitCode.failed,
    meaning: "A pyproject.toml or uv.lock cannot be read by uv",
  },
});
