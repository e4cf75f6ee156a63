import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of bundles. */
export const bundleErrors: Readonly<
  Record<
    | "BUNDLE_INVALID"
    | "BUNDLE_SCHEMA_NEWER"
    | "BUNDLE_SOURCE_INVALID"
    | "BUNDLE_PRIVATE"
    | "BUNDLE_INCOMPLETE"
    | "BUNDLE_INEXACT"
    | "BUNDLE_MODEL_DIFFERS"
    | "BUNDLE_PLATFORM_UNKNOWN",
    ErrorKind
  >
> = defineErrors({
  BUNDLE_INVALID: {
    exit: ExitCode.failed,
    meaning: "A bundle does not hold what its bundle.json says, or nothing that an environment is",
  },
  BUNDLE_SCHEMA_NEWER: {
    exit: ExitCode.refused,
    meaning: "A bundle was written by a newer comfydock",
  },
  BUNDLE_SOURCE_INVALID: {
    exit: ExitCode.usage,
    meaning: "What shall be imported or written is no bundle, no directory and no git URL",
  },
  BUNDLE_PRIVATE: {
    exit: ExitCode.refused,
    meaning: "A bundle would hold a secret, or a path or name of this machine",
  },
  BUNDLE_INCOMPLETE: {
    exit: ExitCode.refused,
    meaning: "Something that shall be packed is missing, or is not as the manifest says",
  },
  BUNDLE_INEXACT: {
    exit: ExitCode.refused,
    meaning: "A strict import would not give the very environment that was exported",
  },
  BUNDLE_MODEL_DIFFERS: {
    exit: ExitCode.refused,
    meaning: "A model of a bundle would replace another file of this workspace",
  },
  BUNDLE_PLATFORM_UNKNOWN: {
    exit: ExitCode.usage,
    meaning: "Packages shall be packed for a platform that is not known",
  },
});
