import { baseErrors, isKind } from "../errors.ts";
import { readTextBounded, writeFileAtomic } from "../files.ts";
import { parseJsonText } from "../json_stream/parse.ts";
import { readNumber, readRecord, readText } from "../reader.ts";

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  /** The command, such as `node add`. */
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

const MAX_BYTES = 10_000;

/** Writes beside a lock who holds it. */
export async function writeOwner(path: string, owner: LockOwner): Promise<void> {
  try {
    await writeFileAtomic(path, JSON.stringify({ schema_version: 1, ...owner }) + "\n");
  } catch (error) {
    // What empties a full disk takes locks, too; the note only words a message.
    if (!isKind(error, baseErrors.DISK_FULL)) throw error;
  }
}

/** Reads who holds a lock; `undefined` when that is not known, which happens for a moment around taking it. */
export async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    const text = await readTextBounded(path, MAX_BYTES);
    const facts = readRecord(parseJsonText(text, path), "$");
    return {
      pid: readNumber(facts.pid, "$.pid"),
      command: readText(facts.command, "$.command", 200),
      since: readText(facts.since, "$.since", 40),
    };
  } catch {
    // The file only words a message; the lock itself is the operating system's.
    return undefined;
  }
}

/** Forgets who held a lock. */
export async function forgetOwner(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch {
    // A stale name does no harm: it is read only while the lock is held.
  }
}
