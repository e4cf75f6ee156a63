import { baseErrors, isKind } from "../base/mod.ts";

/**
 * Does what goes on until Ctrl-C: being interrupted is how it ends, and no failure; the outcome then says `endless`.
 *
 * @throws what the work throws for any other reason
 */
export async function untilInterrupted(
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isAbort = error instanceof DOMException && error.name === "AbortError";
    if (signal.aborted && (isAbort || isKind(error, baseErrors.INTERRUPTED))) return;
    throw error;
  }
}
