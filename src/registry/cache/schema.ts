import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import { ComfydockError, fileError } from "../../base/mod.ts";
import { registryErrors } from "../errors.ts";

/** The version of the cache's tables, kept in SQLite's `user_version`. */
export const CACHE_SCHEMA = 1;

// Node lists are kept once by digest: most versions of a package bring the same classes.
const TABLES = `
CREATE TABLE packages (
  id TEXT PRIMARY KEY,
  record TEXT NOT NULL,
  downloads REAL NOT NULL,
  latest TEXT,
  first_seen TEXT NOT NULL,
  last_checked TEXT NOT NULL,
  missing_since TEXT,
  versions_checked TEXT,
  versions_due INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE node_lists (
  digest TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE versions (
  package_id TEXT NOT NULL,
  version TEXT NOT NULL,
  record TEXT NOT NULL,
  extract TEXT,
  has_url INTEGER NOT NULL,
  url_checked TEXT,
  first_seen TEXT NOT NULL,
  last_checked TEXT NOT NULL,
  missing_since TEXT,
  nodes_state TEXT CHECK (nodes_state IN ('read', 'inferred', 'absent')),
  nodes_digest TEXT REFERENCES node_lists(digest),
  PRIMARY KEY (package_id, version)
) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/**
 * Opens a registry cache, making it when it does not exist.
 *
 * @param path The SQLite file.
 * @throws `FILE_NOT_FOUND`, `REGISTRY_CACHE_UNREADABLE`, `REGISTRY_CACHE_NEWER`, `REGISTRY_CACHE_BUSY`,
 * `FILE_UNWRITABLE`
 */
export function openDatabase(path: string, { readOnly = false } = {}): DatabaseSync {
  try {
    // SQLite would only say that it cannot open the file.
    if (readOnly) Deno.statSync(path);
    else Deno.mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path, { readOnly, timeout: 3000 });
    const { user_version: found } = database.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (found > CACHE_SCHEMA) throw newerCache(path, found);
    if (!readOnly) {
      database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
      );
      if (found === 0) {
        database.exec(`BEGIN IMMEDIATE; ${TABLES} PRAGMA user_version = ${CACHE_SCHEMA}; COMMIT;`);
      }
    }
    return database;
  } catch (error) {
    throw cacheError(path, error);
  }
}

function newerCache(path: string, found: number): ComfydockError {
  return new ComfydockError(
    registryErrors.REGISTRY_CACHE_NEWER,
    `Cannot read the cache "${path}": its schema ${found} is newer than ${CACHE_SCHEMA}`,
    { hint: "Update comfydock: comfydock self update", details: { path, found } },
  );
}

/** Turns an error of SQLite into one that names the cache. */
export function cacheError(path: string, error: unknown): ComfydockError {
  if (error instanceof ComfydockError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed|corrupt|no such (table|column)|disk image/i.test(text)) {
    return new ComfydockError(
      registryErrors.REGISTRY_CACHE_UNREADABLE,
      `Cannot read the cache "${path}": ${text}`,
      {
        hint:
          `Move it away and restore a snapshot: comfydock registry snapshot list --data-dir DIR`,
        details: { path },
        cause: error,
      },
    );
  }
  if (/locked|busy/i.test(text)) {
    return new ComfydockError(
      registryErrors.REGISTRY_CACHE_BUSY,
      `Cannot write the cache "${path}": another process is using it`,
      { hint: "Wait until the other run has ended", details: { path }, cause: error },
    );
  }
  return fileError(
    /readonly|read-only|unable to open|I\/O error/i.test(text) ? "Cannot write" : "Cannot use",
    path,
    error,
  );
}
