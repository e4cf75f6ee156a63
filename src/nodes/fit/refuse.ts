import { ComfydockError, type ErrorKind } from "../../base/mod.ts";
import { nodeErrors } from "../errors.ts";
import type { FitConflict, FitRemedy } from "./types.ts";

/**
 * Makes the error that refuses packs for a conflict, with what would help as its hint.
 *
 * @param remedies From `findRemedies`.
 */
export function conflictError(
  conflict: FitConflict,
  remedies: readonly FitRemedy[],
): ComfydockError {
  const kind: ErrorKind = conflict.code === nodeErrors.NODE_MOVES_TORCH.code
    ? nodeErrors.NODE_MOVES_TORCH
    : nodeErrors.NODE_CONFLICT;
  const { code, sides, packs } = conflict;
  return new ComfydockError(kind, conflict.message, {
    hint: remedies.length > 0
      ? `Run ${remedies.map(({ command, effect }) => `"${command}": ${effect}`).join("; or ")}`
      : defaultHint(conflict),
    details: { reason: code, sides, packs, remedies },
  });
}

function defaultHint({ code, packs }: FitConflict): string {
  if (code === nodeErrors.NODE_MOVES_TORCH.code) {
    return "Look for a version of the node pack that goes with this PyTorch, or make another environment for it " +
      `with "comfydock create NAME"`;
  }
  return packs.length > 1
    ? `Make another environment for one of ${packs.join(", ")} with "comfydock create NAME"`
    : `Look for another version of the node pack, or make another environment for it with "comfydock create NAME"`;
}
