import { hasProcessGroups } from "./process_tree.ts";

/**
 * Sends a signal to a process and, where it leads a group, to all of the group.
 *
 * On Windows nothing can be asked to end; there every signal ends the process at once.
 *
 * @param pid Number of the process, which is also that of its group.
 * @returns False when there is no such process any more.
 * @throws What the system answers when the process belongs to somebody else.
 */
export function signalGroup(pid: number, name: "SIGINT" | "SIGTERM" | "SIGKILL"): boolean {
  try {
    if (hasProcessGroups) Deno.kill(-pid, name);
    else Deno.kill(pid, "SIGKILL");
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof TypeError ||
    (error instanceof Error && /ESRCH|no such process/i.test(error.message));
}
