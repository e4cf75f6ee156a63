import { defineErrors, type ErrorKind, ExitCode } from "../../base/mod.ts";

/** The error kinds of getting and keeping the files of node packs. */
export const storeErrors: Readonly<
  Record<
    | "NODE_NOT_STORED"
    | "NODE_ARCHIVE_REPLACED"
    | "NODE_TREE_DIFFERS"
    | "NODE_TREE_UNSAFE"
    | "NODE_DOWNLOAD_MISSING"
    | "NODE_SUBDIRECTORY_NOT_FOUND"
    | "NODE_SUBMODULE_REFUSED",
    ErrorKind
  >
> = defineErrors({
  NODE_NOT_STORED: {
    exit: ExitCode.network,
    meaning: "The files of a node pack are not on this machine and cannot be fetched",
  },
  NODE_ARCHIVE_REPLACED: {
    exit: ExitCode.refused,
    meaning: "The server gives another archive for a locked version of a node pack",
  },
  NODE_TREE_DIFFERS: {
    exit: ExitCode.refused,
    meaning: "The files of a node pack are not those that the manifest has locked",
  },
  NODE_TREE_UNSAFE: {
    exit: ExitCode.refused,
    meaning: "A node pack holds a link that leads out of it, a device, or too much",
  },
  NODE_DOWNLOAD_MISSING: {
    exit: ExitCode.notFound,
    meaning: "The registry names no archive for a version of a node pack",
  },
  NODE_SUBDIRECTORY_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A repository has no such directory at that commit",
  },
  NODE_SUBMODULE_REFUSED: {
    exit: ExitCode.refused,
    meaning: "A repository names a submodule whose address or path could do harm",
  },
});
