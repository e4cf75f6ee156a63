import { type Clock, systemClock } from "../base/mod.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/** Whether children get a process group of their own, so that a signal reaches all they start. */
export const hasProcessGroups: boolean = Deno.build.os !== "windows";

/**
 * Ends a child and what it started: asked first, then told, then killed.
 *
 * Windows has no process groups; there the child alone is ended, and its children end with their closed pipes.
 *
 * @param child Started with `detached` where process groups exist.
 * @param gone Settles when the child has ended and nobody holds its pipes any more.
 * @param graceMs How long each signal is given to work, in milliseconds.
 */
export async function endProcessTree(
  child: Deno.ChildProcess,
  gone: Promise<unknown>,
  graceMs: number,
  clock: Clock = systemClock,
): Promise<void> {
  for (const name of hasProcessGroups ? SIGNALS : (["SIGKILL"] as const)) {
    signalTree(child, name);
    if (await settlesWithin(gone, graceMs, clock)) break;
  }
  // Grandchildren without our pipes may have outlived the polite signals.
  signalTree(child, "SIGKILL");
}

function signalTree(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    if (hasProcessGroups) Deno.kill(-child.pid, name);
    else child.kill(name);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

// What has ended cannot be signalled; macOS answers so for a group of zombies, too.
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof TypeError ||
    (error instanceof Error && /ESRCH|no such process/i.test(error.message));
}

async function settlesWithin(
  gone: Promise<unknown>,
  milliseconds: number,
  clock: Clock,
): Promise<boolean> {
  const timer = new AbortController();
  const settled = gone.then(() => true, () => true);
  const late = clock.sleep(milliseconds, timer.signal).then(() => false, () => true);
  const result = await Promise.race([settled, late]);
  timer.abort();
  return result;
}
