import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";

/** The tables of a database. */
export interface DatabaseSchema {
  /** Kept in SQLite's `user_version`; at least 1. A file with another version is made anew. */
  readonly version: number;
  /** The statements that make the tables. */
  readonly tables: string;
  /** How long to wait for another process that writes, in milliseconds; default 3,000. */
  readonly busyMs?: number;
}

const BUSY_MS = 3_000;
const OTHER_VERSION = "The tables are of another version";

/**
 * Opens a database in WAL mode, making it when it is missing, and anew when it is damaged or of another version.
 *
 * @param path The SQLite file, or `:memory:`; its directory is made when it is missing.
 * @throws What SQLite or the file system throws when the place cannot be written.
 */
export function openRebuildable(path: string, schema: DatabaseSchema): DatabaseSync {
  if (path !== ":memory:") Deno.mkdirSync(dirname(path), { recursive: true });
  try {
    return openAt(path, schema);
  } catch (error) {
    if (!isDamage(error)) throw error;
    removeDatabase(path);
    return openAt(path, schema);
  }
}

/** Tells whether an error of SQLite says that the file is no sound database of ours. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message === OTHER_VERSION ||
    /not a database|malformed|corrupt|no such (table|column)|disk image/i.test(error.message);
}

/** Removes a database that nobody of this process has open, with the files beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      Deno.removeSync(path + suffix);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

function openAt(path: string, { version, tables, busyMs = BUSY_MS }: DatabaseSchema): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  const found = () => Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
    );
    if (found() === 0) {
      database.exec("BEGIN IMMEDIATE");
      // Another process may have been faster.
      if (found() === 0) database.exec(`${tables}; PRAGMA user_version = ${version};`);
      database.exec("COMMIT");
    }
    if (found() !== version) throw new Error(OTHER_VERSION);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
