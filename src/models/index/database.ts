import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ComfydockError, fileError } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { MIGRATIONS } from "./schema.ts";

/** How long another process may hold the database, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Opens the model index, making or migrating it when it is to be written.
 *
 * @param path The SQLite file.
 * @throws `MODEL_INDEX_DAMAGED`, `MODEL_INDEX_NEWER`, `MODEL_INDEX_BUSY`, `FILE_NOT_FOUND`, `FILE_UNWRITABLE`,
 * `DISK_FULL`
 */
export function openDatabase(path: string, { readOnly = false } = {}): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // SQLite would only say that it cannot open the file.
    if (readOnly) Deno.statSync(path);
    else Deno.mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { readOnly, timeout: PATIENCE_MS });
    if (readOnly) requireVersion(database, path);
    else {
      database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
      );
      migrate(database, path);
    }
    return database;
  } catch (error) {
    database?.close();
    throw indexError(path, error);
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function requireVersion(database: DatabaseSync, path: string): void {
  const found = versionOf(database);
  if (found > MIGRATIONS.length) throw newer(path, found);
  // A scan that was killed before its first transaction leaves a file without tables.
  if (found === 0) throw damaged(path, "its tables are not there yet");
  if (found < MIGRATIONS.length) throw older(path, found);
}

function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  // Somebody else may have migrated it while this waited for the lock.
  database.exec("BEGIN IMMEDIATE");
  const found = versionOf(database);
  if (found > MIGRATIONS.length) throw newer(path, found);
  for (const step of MIGRATIONS.slice(found)) database.exec(step);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

function newer(path: string, found: number): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_INDEX_NEWER,
    `Cannot use the model index "${path}": its version ${found} is newer than ${MIGRATIONS.length}`,
    { hint: "Update comfydock: comfydock self update", details: { path, found } },
  );
}

function older(path: string, found: number): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_INDEX_DAMAGED,
    `Cannot read the model index "${path}": its version ${found} is older than ${MIGRATIONS.length}`,
    {
      hint: "Run comfydock model scan, which brings it up to date and hashes nothing again",
      details: { path, found },
    },
  );
}

function damaged(path: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_INDEX_DAMAGED,
    `Cannot read the model index "${path}": ${why}`,
    { hint: "Run comfydock model scan, which builds it anew", details: { path }, cause },
  );
}

/** Turns an error of SQLite into one that names the index; others pass unchanged. */
export function indexError(path: string, error: unknown): unknown {
  if (error instanceof ComfydockError || !(error instanceof Error)) return error;
  const text = error.message;
  if (
    /not a database|malformed|corrupt|no such (table|column|module)|has no column|disk image/i.test(
      text,
    )
  ) {
    return damaged(path, text, error);
  }
  if (/database (table )?is locked|busy/i.test(text)) {
    return new ComfydockError(
      modelErrors.MODEL_INDEX_BUSY,
      `Cannot write the model index "${path}": another process is using it`,
      { hint: "Wait until the other run has ended", details: { path }, cause: error },
    );
  }
  const isOurs = "code" in error && error.code === "ERR_SQLITE_ERROR";
  if (!isOurs && !(error instanceof Deno.errors.NotFound)) return error;
  return fileError(
    /readonly|read-only|unable to open|I\/O error|full/i.test(text) ? "Cannot write" : "Cannot use",
    path,
    error,
  );
}
