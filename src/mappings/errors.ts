import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** What can go wrong with mappings. */
export const mappingErrors: Readonly<
  Record<
    | "NODE_NOT_FOUND"
    | "MAPPINGS_INVALID"
    | "MAPPINGS_TOO_NEW"
    | "MANAGER_DATA_INVALID"
    | "OUTPUT_SCHEMA_INVALID",
    ErrorKind
  >
> = defineErrors({
  NODE_NOT_FOUND: { exit: ExitCode.notFound, meaning: "No known package provides a node class" },
  MAPPINGS_INVALID: {
    exit: ExitCode.failed,
    meaning: "A file is no node_mappings.json, or is damaged",
  },
  MAPPINGS_TOO_NEW: {
    exit: ExitCode.failed,
    meaning: "A node_mappings.json was written by a newer comfydock",
  },
  MANAGER_DATA_INVALID: {
    exit: ExitCode.failed,
    meaning: "A file of ComfyUI-Manager's data is missing or has the wrong shape",
  },
  OUTPUT_SCHEMA_INVALID: {
    exit: ExitCode.usage,
    meaning: "The output schema names an unknown field or switches off one that readers need",
  },
});
