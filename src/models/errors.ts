import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of models. */
export const modelErrors: Readonly<
  Record<
    | "MODEL_NOT_FOUND"
    | "MODEL_AMBIGUOUS"
    | "MODEL_BROKEN"
    | "MODEL_NOT_A_MODEL"
    | "MODEL_ARCHIVE_BOMB"
    | "MODEL_NAMED_OTHERWISE"
    | "MODEL_NOT_A_FILE"
    | "MODEL_CHANGED"
    | "MODEL_NAME_UNUSABLE"
    | "MODEL_LINK_LOOP"
    | "MODEL_CLONE_UNSUPPORTED"
    | "MODEL_PATHS_INVALID"
    | "MODEL_INDEX_DAMAGED"
    | "MODEL_INDEX_NEWER"
    | "MODEL_INDEX_BUSY"
    | "MODEL_SOURCE_INVALID"
    | "MODEL_SOURCE_MISSING"
    | "MODEL_SOURCE_UNCLEAR"
    | "MODEL_GATED"
    | "MODEL_UNAVAILABLE"
    | "MODEL_OUTSIDE"
    | "MODEL_OCCUPIED"
    | "MODEL_FOLDER_NEEDED"
    | "MODEL_NOT_LISTED"
    | "MODEL_SOURCE_NOT_LISTED",
    ErrorKind
  >
> = defineErrors({
  MODEL_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "Neither the model index nor the list of known models has such a model",
  },
  MODEL_AMBIGUOUS: {
    exit: ExitCode.refused,
    meaning: "Several models fit what was named",
  },
  MODEL_BROKEN: {
    exit: ExitCode.failed,
    meaning: "A model file is cut off, damaged, or not what its name says",
  },
  MODEL_NOT_A_MODEL: {
    exit: ExitCode.failed,
    meaning: "A file with a model's name is a web page, a pointer or empty",
  },
  MODEL_NAMED_OTHERWISE: {
    exit: ExitCode.refused,
    meaning: "A file is not named like a model, so that neither ComfyUI nor a scan would find it",
  },
  MODEL_ARCHIVE_BOMB: {
    exit: ExitCode.failed,
    meaning: "A model file would unpack to far more than it can hold",
  },
  MODEL_NOT_A_FILE: {
    exit: ExitCode.failed,
    meaning: "Something with a model's name is a device, a pipe or a socket",
  },
  MODEL_CHANGED: {
    exit: ExitCode.failed,
    meaning:
      "A model file was written while it was read, or its content is no longer the known one",
  },
  MODEL_NAME_UNUSABLE: {
    exit: ExitCode.failed,
    meaning: "A file name is not valid UTF-8, so that no program finds it by name",
  },
  MODEL_LINK_LOOP: {
    exit: ExitCode.failed,
    meaning: "A link leads back to a directory that it lies in, or to none",
  },
  MODEL_CLONE_UNSUPPORTED: {
    exit: ExitCode.failed,
    meaning: "The file system cannot make copies that share their bytes",
  },
  MODEL_PATHS_INVALID: {
    exit: ExitCode.failed,
    meaning: "An extra_model_paths.yaml cannot be understood",
  },
  MODEL_INDEX_DAMAGED: {
    exit: ExitCode.failed,
    meaning: "The model index is damaged; the next scan builds it anew",
  },
  MODEL_INDEX_NEWER: {
    exit: ExitCode.failed,
    meaning: "A newer comfydock wrote the model index",
  },
  MODEL_INDEX_BUSY: {
    exit: ExitCode.failed,
    meaning: "Another process is writing the model index",
  },
  MODEL_SOURCE_INVALID: {
    exit: ExitCode.usage,
    meaning: "The place that was named for a model cannot be understood",
  },
  MODEL_SOURCE_MISSING: {
    exit: ExitCode.network,
    meaning: "A source does not have the model that was named, or no longer",
  },
  MODEL_SOURCE_UNCLEAR: {
    exit: ExitCode.refused,
    meaning: "A source offers several files, and it was not said which",
  },
  MODEL_GATED: {
    exit: ExitCode.network,
    meaning: "A source wants a token, or that its licence is accepted first",
  },
  MODEL_UNAVAILABLE: {
    exit: ExitCode.network,
    meaning: "No source gave the right file",
  },
  MODEL_OUTSIDE: {
    exit: ExitCode.usage,
    meaning: "A model would lie outside of the directory of models",
  },
  MODEL_OCCUPIED: {
    exit: ExitCode.refused,
    meaning: "Another file is where a model should be",
  },
  MODEL_FOLDER_NEEDED: {
    exit: ExitCode.usage,
    meaning: "It was not said which of ComfyUI's folders a model goes to",
  },
  MODEL_NOT_LISTED: {
    exit: ExitCode.notFound,
    meaning: "The manifest of the environment has no such model",
  },
  MODEL_SOURCE_NOT_LISTED: {
    exit: ExitCode.notFound,
    meaning: "A model of the manifest has no such source",
  },
});
