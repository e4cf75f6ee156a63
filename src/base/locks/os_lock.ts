import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileError } from "../files.ts";

/** Whether others may hold the lock too. */
export type LockMode = "exclusive" | "shared";

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Takes a lock of the operating system, or says that it is taken; the death of the process releases it.
 *
 * The lock is the one that SQLite takes on an empty database, because `Deno.FsFile.tryLock` is younger than Deno 2.6.
 * The file must not be opened in any other way: on POSIX, closing it would release the lock.
 *
 * @param path The lock file; it is made when it is missing, and stays empty.
 * @returns The call that releases the lock, or `undefined` when another holds it.
 * @throws `FILE_UNWRITABLE`
 */
export function tryOsLock(path: string, mode: LockMode): (() => void) | undefined {
  let database: DatabaseSync | undefined;
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path);
    // A journal would be a file beside the lock, for which a full disk has no room.
    database.prepare("PRAGMA journal_mode = MEMORY").get();
    if (mode === "exclusive") database.prepare("BEGIN EXCLUSIVE").run();
    else {
      database.prepare("BEGIN").run();
      database.prepare("SELECT count(*) FROM sqlite_schema").get();
    }
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    throw fileError("Cannot write the lock", path, error);
  }
  const held = database;
  return () => held.close();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" &&
    (error.errcode & 0xff) === SQLITE_BUSY;
}
