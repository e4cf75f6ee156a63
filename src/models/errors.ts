import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of models. */
export const modelErrors: Readonly<
  Record<
    | "MODEL_NOT_FOUND"
    | "MODEL_AMBIGUOUS"
    | "MODEL_PATHS_INVALID"
    | "MODEL_INDEX_DAMAGED"
    | "MODEL_INDEX_NEWER"
    | "MODEL_INDEX_BUSY",
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
});
