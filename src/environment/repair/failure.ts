import { baseErrors, ComfydockError } from "../../base/mod.ts";

/** Gives an error that stands in the way of one step; interruptions and faults of ours end the whole repair. */
export function failureOf(error: unknown): ComfydockError {
  const { INTERRUPTED, INTERNAL } = baseErrors;
  if (!(error instanceof ComfydockError)) throw error;
  if (error.code === INTERRUPTED.code || error.code === INTERNAL.code) throw error;
  return error;
}
