import { DatabaseSync, type StatementSync } from "node:sqlite";
import { dirname } from "node:path";
import { createTidy, fileError } from "../../base/mod.ts";
import { type PackageOrder, packageScore } from "../rank.ts";
import type { MappedPackage, MappingEntry, MappingStats } from "../types.ts";
import type { MappingsDraft } from "./types.ts";

// A scratch file: whoever is killed begins a new one, so it needs no journal that outlives the process, and no flush.
const TABLES = `
PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE packages (
  id TEXT PRIMARY KEY, record TEXT NOT NULL, versions TEXT NOT NULL, source TEXT, score REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE entries (
  package_id TEXT NOT NULL, key TEXT NOT NULL, versions TEXT NOT NULL, source TEXT,
  PRIMARY KEY (package_id, key)
) WITHOUT ROWID;
CREATE TABLE unread (
  package_id TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (package_id, version)
) WITHOUT ROWID;
BEGIN;
`;

/** Rows between two collections. */
const TIDY_ROWS = 5_000;

interface EntryRow {
  readonly key: string;
  readonly package_id: string;
  readonly versions: string;
  readonly source: "manager" | null;
}

/** A draft in a file of its own, so that the memory of a build does not grow with the registry. */
export class DiskDraft implements MappingsDraft, Disposable {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #now: number;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Starts empty.
   *
   * @param path A file that nothing else uses; it is replaced, and removed in the end.
   * @param now Milliseconds since the Unix epoch that ages are counted to.
   * @throws `FILE_UNWRITABLE`, `DISK_FULL`
   */
  constructor(path: string, now: number) {
    this.#path = path;
    this.#now = now;
    try {
      Deno.mkdirSync(dirname(path), { recursive: true });
      removeFile(path);
      this.#database = new DatabaseSync(path);
      this.#database.exec(TABLES);
    } catch (error) {
      throw fileError("Cannot write", path, error);
    }
  }

  /** Tells whether a package is there. */
  has(id: string): boolean {
    return this.#get("SELECT 1 FROM packages WHERE id = ?", id) !== undefined;
  }

  /** A package; nothing when it is not there. */
  packageOf(id: string): MappedPackage | undefined {
    const row = this.#get("SELECT record FROM packages WHERE id = ?", id);
    return row && JSON.parse(String(row["record"]));
  }

  /** The versions of a package by name; nothing when it is not there. */
  versionsOf(id: string): readonly string[] | undefined {
    const row = this.#get("SELECT versions FROM packages WHERE id = ?", id);
    return row && JSON.parse(String(row["versions"]));
  }

  /** Adds a package or replaces it. */
  setPackage(id: string, pack: MappedPackage): void {
    this.#run(
      "INSERT OR REPLACE INTO packages (id, record, versions, source, score) VALUES (?, ?, ?, ?, ?)",
      id,
      JSON.stringify(pack),
      JSON.stringify(Object.keys(pack.versions)),
      pack.source ?? null,
      packageScore(pack, this.#now),
    );
  }

  /** All packages by id, which must not be changed meanwhile. */
  *packages(): Generator<readonly [string, MappedPackage]> {
    const rows = this.#iterate("SELECT id, record FROM packages ORDER BY id");
    for (const row of rows) yield [String(row["id"]), JSON.parse(String(row["record"]))];
  }

  /** The entry of a key and a package; nothing when there is none. */
  entryOf(key: string, id: string): MappingEntry | undefined {
    const row = this.#get("SELECT * FROM entries WHERE package_id = ? AND key = ?", id, key);
    return row && toEntry(row as unknown as EntryRow);
  }

  /** Adds an entry or replaces that of the same key and package. */
  setEntry(key: string, { package_id, versions, source }: MappingEntry): void {
    this.#run(
      "INSERT OR REPLACE INTO entries (package_id, key, versions, source) VALUES (?, ?, ?, ?)",
      package_id,
      key,
      JSON.stringify(versions),
      source ?? null,
    );
  }

  /** Every key with its entries, keys in code point order; ranks do not count yet. */
  *keys(): Generator<readonly [key: string, entries: readonly MappingEntry[]]> {
    let key: string | undefined;
    let entries: MappingEntry[] = [];
    const rows = this.#iterate(
      "SELECT key, package_id, versions, source FROM entries ORDER BY key",
    );
    for (const row of rows as Iterable<unknown> as Iterable<EntryRow>) {
      if (row.key !== key) {
        if (key !== undefined) yield [key, entries];
        [key, entries] = [row.key, []];
      }
      entries.push(toEntry(row));
    }
    if (key !== undefined) yield [key, entries];
  }

  /** Removes entries of packages that are not there. */
  dropOrphans(): void {
    this.#run("DELETE FROM entries WHERE package_id NOT IN (SELECT id FROM packages)");
  }

  /** Notes a version that counts and whose node classes nobody has read. */
  noteUnread(id: string, version: string): void {
    this.#run("INSERT OR IGNORE INTO unread VALUES (?, ?)", id, version);
  }

  /** Tells whether a version was noted as unread. */
  isUnread(id: string, version: string): boolean {
    const sql = "SELECT 1 FROM unread WHERE package_id = ? AND version = ?";
    return this.#get(sql, id, version) !== undefined;
  }

  /** The packages by score, best first. */
  order(): PackageOrder {
    const order = new Map<string, number>();
    // SQLite compares texts by their UTF-8 bytes, which is the order of code points.
    const rows = this.#iterate("SELECT id FROM packages ORDER BY score DESC, id");
    for (const row of rows) order.set(String(row["id"]), order.size);
    return order;
  }

  /** The totals of what is there. */
  stats(): MappingStats {
    const count = (sql: string) => Number(this.#get(`SELECT count(${sql}`)?.["count"]);
    const packages = count("*) AS count FROM packages");
    const fromManager = count("*) AS count FROM packages WHERE source = 'manager'");
    return {
      packages,
      signatures: count("DISTINCT key) AS count FROM entries"),
      total_nodes: count("*) AS count FROM entries"),
      registry_packages: packages - fromManager,
      manager_packages: fromManager,
    };
  }

  /** Closes and removes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
    removeFile(this.#path);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#database.prepare(sql));
    return statement;
  }

  #get(sql: string, ...values: string[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values);
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    try {
      this.#statement(sql).run(...values);
    } catch (error) {
      throw fileError("Cannot write", this.#path, error);
    }
  }

  // A statement of its own, because one that is read from cannot be begun again.
  *#iterate(sql: string): Generator<Record<string, unknown>> {
    const tidy = createTidy(TIDY_ROWS);
    let left = Number(this.#get(`SELECT count(*) AS count FROM (${sql})`)?.["count"]);
    for (const row of this.#database.prepare(sql).iterate()) {
      tidy();
      left--;
      yield row;
    }
    // `iterate()` of Deno ends without an error where the disk is full or damaged, as if all had been read.
    if (left !== 0) throw fileError("Cannot read", this.#path, new Error("the rows end too early"));
  }
}

function toEntry({ package_id, versions, source }: EntryRow): MappingEntry {
  const entry = { package_id, versions: JSON.parse(versions), rank: 1 };
  return source === "manager" ? { ...entry, source } : entry;
}

function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot remove", path, error);
  }
}
