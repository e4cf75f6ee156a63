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
    | "E_FILE_CHANGED"
    | "E_LOCKED"
    | "E_BAD_JOURNAL"
    | "E_FROZEN"
    | "E_META_VERSION"
    | "E_NOT_BUMPED"
    | "E_COPIES"
    | "E_CYCLE"
    | "E_SIZE_LIMIT"
    | "E_BUILD_FAILED"
    | "E_QUOTA"
    | "E_UPLOAD"
    | "E_PIN_UNAVAILABLE"
    | "E_NO_CHANNEL"
    | "E_NO_CHECK_URL"
    | "E_JOURNAL"
    | "E_NO_JOURNAL"
    | "E_UNCOMMITTED"
    | "E_CHANGELOG"
    | "E_METRICS"
    | "E_BAD_TEMPLATE"
    | "E_TEMPLATE_EXISTS"
    | "E_FILE_EXISTS"
    | "E_NO_BUNDLE"
    | "E_NO_CATEGORY"
    | "E_NOT_ARCHIVED"
    | "E_BAD_ARCHIVE"
    | "E_HOOK_EXISTS"
    | "E_PORT_TAKEN",
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
  E_LOCKED: {
    exit: ExitCode.refused,
    meaning: "Another command is changing files of the repository, and did not end in time",
  },
  E_BAD_JOURNAL: {
    exit: ExitCode.failed,
    meaning: "The journal of changes that were interrupted cannot be read",
  },
  E_FROZEN: {
    exit: ExitCode.refused,
    meaning: "A package that the policy keeps from changing would have to change",
  },
  E_META_VERSION: {
    exit: ExitCode.refused,
    meaning: "Packages changed, and the version of the meta package was not raised by hand",
  },
  E_NOT_BUMPED: {
    exit: ExitCode.refused,
    meaning: "A package changed since the last release, and has the version that it had then",
  },
  E_COPIES: {
    exit: ExitCode.failed,
    meaning:
      "Files that a package ships are missing in its directory, or are not what they were made from",
  },
  E_CYCLE: { exit: ExitCode.failed, meaning: "Packages of the repository depend on each other" },
  E_SIZE_LIMIT: {
    exit: ExitCode.failed,
    meaning: "A file of a package is larger, or nearly as large, as the index accepts",
  },
  E_BUILD_FAILED: { exit: ExitCode.failed, meaning: "A package cannot be built" },
  E_QUOTA: {
    exit: ExitCode.refused,
    meaning: "Publishing would use more of the room on the index than is allowed",
  },
  E_UPLOAD: { exit: ExitCode.network, meaning: "A file could not be uploaded to the index" },
  E_PIN_UNAVAILABLE: {
    exit: ExitCode.network,
    meaning: "What the meta package pins cannot be installed from the index",
  },
  E_NO_CHANNEL: {
    exit: ExitCode.usage,
    meaning:
      "The configuration of uv has no index of the channel's name, or does not tell its address",
  },
  E_NO_CHECK_URL: {
    exit: ExitCode.usage,
    meaning: "Where files go was named, but not where they can be found afterwards",
  },
  E_JOURNAL: { exit: ExitCode.failed, meaning: "The journal of a publication is damaged" },
  E_NO_JOURNAL: {
    exit: ExitCode.notFound,
    meaning: "There is no publication that could be gone on with or taken back",
  },
  E_UNCOMMITTED: {
    exit: ExitCode.refused,
    meaning: "What would be released is not committed, so that a tag would not hold it",
  },
  E_CHANGELOG: {
    exit: ExitCode.usage,
    meaning: "The changelog that was named is no file of the repository",
  },
  E_METRICS: { exit: ExitCode.failed, meaning: "A file of measurements cannot be read" },
  E_BAD_TEMPLATE: {
    exit: ExitCode.usage,
    meaning: "An id, a workflow or a picture cannot become one of a template",
  },
  E_TEMPLATE_EXISTS: {
    exit: ExitCode.refused,
    meaning: "A template has this id already, or one that differs only in case",
  },
  E_FILE_EXISTS: {
    exit: ExitCode.refused,
    meaning: "A file that would be written is there already",
  },
  E_NO_BUNDLE: { exit: ExitCode.notFound, meaning: "No bundle has this name, or none was named" },
  E_NO_CATEGORY: {
    exit: ExitCode.notFound,
    meaning: "The index has no such category, or none was named",
  },
  E_NOT_ARCHIVED: { exit: ExitCode.notFound, meaning: "The archive holds no template of this id" },
  E_BAD_ARCHIVE: {
    exit: ExitCode.failed,
    meaning: "What the archive tells of a template cannot be read",
  },
  E_HOOK_EXISTS: {
    exit: ExitCode.refused,
    meaning: "A hook of git is there already, and is someone else's",
  },
  E_PORT_TAKEN: {
    exit: ExitCode.failed,
    meaning: "Another program listens at the port of the preview",
  },
  E_NO_TEMPLATE: { exit: ExitCode.notFound, meaning: "No template has this id" },
});
