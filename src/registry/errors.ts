import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of the registry room. */
export const registryErrors: Readonly<
  Record<
    | "REGISTRY_INCOMPLETE"
    | "REGISTRY_CACHE_UNREADABLE"
    | "REGISTRY_CACHE_NEWER"
    | "REGISTRY_CACHE_BUSY"
    | "REGISTRY_SHARD_INVALID",
    ErrorKind
  >
> = defineErrors({
  REGISTRY_INCOMPLETE: {
    exit: ExitCode.network,
    meaning: "Some of what was to be read from the registry could not be read; the rest is kept",
  },
  REGISTRY_CACHE_UNREADABLE: {
    exit: ExitCode.failed,
    meaning: "A registry cache is damaged or no cache at all",
  },
  REGISTRY_CACHE_NEWER: {
    exit: ExitCode.missingTool,
    meaning: "A registry cache was written by a newer comfydock",
  },
  REGISTRY_CACHE_BUSY: {
    exit: ExitCode.refused,
    meaning: "Another process is writing the same registry cache",
  },
  REGISTRY_SHARD_INVALID: {
    exit: ExitCode.usage,
    meaning: "A part of the registry is not named as I/N",
  },
});
