import { baseErrors, ComfydockError } from "../../base/mod.ts";
import type { CheckName, Finding } from "./types.ts";

/** Turns a failure into a finding; an interruption stays one. */
export function toFinding(check: CheckName, error: unknown): Finding {
  if (!(error instanceof ComfydockError) || error.code === baseErrors.INTERRUPTED.code) throw error;
  return {
    check,
    severity: "error",
    message: error.message,
    hint: error.hint ?? "Run comfydock doctor -vv to see more",
  };
}
