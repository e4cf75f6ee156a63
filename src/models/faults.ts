import { ComfydockError, type ErrorKind } from "../base/mod.ts";
import { modelErrors } from "./errors.ts";
import type { ModelProblem } from "./types.ts";

/** An error for a model file whose content is damaged; the path is added where it is known. */
export function brokenModel(
  why: string,
  kind: ErrorKind = modelErrors.MODEL_BROKEN,
): ComfydockError {
  return new ComfydockError(kind, `Cannot use this as a model: ${why}`, { details: { why } });
}

/**
 * The problem that an error with one file is; errors that are no fault of the file pass through.
 *
 * @param path The file.
 * @param error What was thrown.
 * @throws The error itself, when it is none that `ComfydockError` describes.
 */
export function toProblem(path: string, error: unknown): ModelProblem {
  if (!(error instanceof ComfydockError)) throw error;
  const { why } = error.details;
  const message = typeof why === "string" ? `Cannot use "${path}": ${why}` : error.message;
  return { code: error.code, message, path };
}
