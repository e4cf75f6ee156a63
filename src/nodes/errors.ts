import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of node packs. */
export const nodeErrors: Readonly<
  Record<
    | "NODE_PACK_NOT_FOUND"
    | "NODE_PACK_INVALID"
    | "NODE_CONFLICT"
    | "NODE_MOVES_TORCH"
    | "NODE_INDEX_DAMAGED"
    | "NODE_INDEX_SOURCE_INVALID"
    | "MAPPINGS_CHECKSUM"
    | "MAPPINGS_NOT_PULLED",
    ErrorKind
  >
> = defineErrors({
  NODE_PACK_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "Neither the node index nor the registry knows such a node pack",
  },
  NODE_PACK_INVALID: {
    exit: ExitCode.failed,
    meaning: "A check of a node pack found errors",
  },
  NODE_CONFLICT: {
    exit: ExitCode.refused,
    meaning: "The requirements of node packs and of the environment exclude each other",
  },
  NODE_MOVES_TORCH: {
    exit: ExitCode.refused,
    meaning: "A node pack wants another PyTorch than the environment has",
  },
  NODE_INDEX_DAMAGED: {
    exit: ExitCode.failed,
    meaning: "The node index was damaged while it was read; the next command builds it anew",
  },
  NODE_INDEX_SOURCE_INVALID: {
    exit: ExitCode.usage,
    meaning: "The address of the published node mappings is neither a URL nor a file",
  },
  MAPPINGS_CHECKSUM: {
    exit: ExitCode.failed,
    meaning: "Published node mappings do not have the checksum that they should",
  },
  MAPPINGS_NOT_PULLED: {
    exit: ExitCode.network,
    meaning: "None of several places has published node mappings that can be taken",
  },
});
