import { ComfydockError, systemClock } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { lockFile } from "./journal.ts";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** Takes the lock of what changes files below a directory; nothing where another process has it. */
export async function tryLock(root: string): Promise<(() => void) | undefined> {
  // SQLite, which the lock stands on, is loaded by those alone that change something.
  const { tryOsLock } = await import("../../base/locks/mod.ts");
  return tryOsLock(await lockFile(root), "exclusive");
}

/**
 * Waits for the lock.
 *
 * @throws `E_LOCKED` when another process keeps it
 */
export async function waitForLock(root: string): Promise<() => void> {
  for (let waited = 0;; waited += PAUSE_MS) {
    const release = await tryLock(root);
    if (release) return release;
    if (waited >= PATIENCE_MS) break;
    await systemClock.sleep(PAUSE_MS);
  }
  throw new ComfydockError(
    templateErrors.E_LOCKED,
    `Cannot change files in "${root}": another command is changing some`,
    { hint: "Wait until it has ended, then run the command again" },
  );
}
