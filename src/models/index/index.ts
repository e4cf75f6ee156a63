import { basename, dirname, isAbsolute, join, relative } from "node:path";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { IndexedModel, KnownSource } from "../types.ts";
import { indexError, openDatabase } from "./database.ts";
import { readAllModels, readModel } from "./read.ts";
import { type LocationRow, type Row, toLocationRow } from "./rows.ts";

/** The models that are on this machine, in a SQLite file; equal bytes are one model. */
export class ModelIndex implements Disposable {
  /** The SQLite file. */
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens an index; see {@linkcode openDatabase} for what can be wrong with it.
   *
   * @param path The SQLite file; made unless it is only read.
   */
  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    this.path = path;
    this.#database = openDatabase(path, options);
  }

  /** Runs a statement and gives all its rows; integers that may be large come as `bigint` where that is asked for. */
  all(sql: string, values: readonly SQLInputValue[] = [], { big = false } = {}): readonly Row[] {
    return this.#guard(() => this.#prepare(sql, big).all(...values) as Row[]);
  }

  /** Runs a statement and tells how many rows it changed, and the id of the last one that it added. */
  run(sql: string, values: readonly SQLInputValue[]): { changes: number; id: number } {
    return this.#guard(() => {
      const { changes, lastInsertRowid } = this.#prepare(sql, false).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    });
  }

  /** Runs work in one transaction: all of it is kept, or nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.#guard(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk has rolled back already.
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** What SQLite finds wrong with the file; empty when it is sound. */
  check(): readonly string[] {
    const rows = this.all("PRAGMA quick_check(10)");
    return rows.map((row) => String(Object.values(row)[0])).filter((text) => text !== "ok");
  }

  /** Models by what identifies one: a digest or the beginning of one (8 digits or more), a file name, or a path. */
  find(identifier: string): readonly IndexedModel[] {
    const text = identifier.replace(/^(blake3|sha256):/i, "");
    const hash = /^[0-9a-f]{8,64}$/i.test(text) ? this.byHash(text) : [];
    if (hash.length > 0) return hash;
    const named = this.byName(identifier);
    return named.length > 0 ? named : this.byPath(identifier);
  }

  /** Models with a digest of any kind that begins so, in hex. */
  byHash(beginning: string): readonly IndexedModel[] {
    const lower = beginning.toLowerCase();
    return this.#models(
      "SELECT DISTINCT model_id AS id FROM model_hashes WHERE hash_value >= ? AND hash_value < ?",
      [lower, `${lower}g`],
    );
  }

  /** Models that are known by a name, or whose file has it; case matters only where both are there. */
  byName(name: string): readonly IndexedModel[] {
    const models = this.#models(
      `SELECT id FROM models WHERE name = ?1 UNION SELECT id FROM models WHERE original_name = ?1
       UNION SELECT model_id FROM model_locations WHERE name = ?1`,
      [name],
    );
    const exact = models.filter((model) => namesOf(model).includes(name));
    return exact.length > 0 ? exact : models;
  }

  /** The model at an absolute path, or at a path below a root that was scanned. */
  byPath(path: string): readonly IndexedModel[] {
    const posix = path.replaceAll("\\", "/");
    const below = this.#models(
      "SELECT DISTINCT model_id AS id FROM model_locations WHERE name = ? AND relative_path = ?",
      [basename(posix), posix],
    );
    if (below.length > 0 || !isAbsolute(path)) return below;
    for (let directory = dirname(path); dirname(directory) !== directory;) {
      const rest = relative(directory, path).replaceAll("\\", "/");
      const found = this.#models(
        "SELECT model_id AS id FROM model_locations WHERE directory = ? AND relative_path = ?",
        [directory, rest],
      );
      if (found.length > 0) return found;
      directory = dirname(directory);
    }
    return [];
  }

  /** Models by their ids, in the order of the ids given. */
  byIds(ids: readonly number[]): readonly IndexedModel[] {
    return ids.flatMap((id) => readModel(this, id));
  }

  /** Every model, by name. */
  models(): readonly IndexedModel[] {
    return readAllModels(this);
  }

  /** Models that lie in several places, the one that wastes most first. */
  duplicates(): readonly IndexedModel[] {
    return this.#models(
      `SELECT model_id AS id FROM model_locations GROUP BY model_id HAVING count(*) > 1
       ORDER BY sum(size) - max(size) DESC, model_id`,
      [],
    );
  }

  /** Where models lie, as far as a scan must know: below one directory, or everywhere. */
  locations(directory?: string): readonly LocationRow[] {
    const columns = "id, model_id, directory, relative_path, folder, size, mtime_ns, inode";
    const rows = directory === undefined
      ? this.all(`SELECT ${columns} FROM model_locations`, [], { big: true })
      : this.all(`SELECT ${columns} FROM model_locations WHERE directory = ?`, [directory], {
        big: true,
      });
    return rows.map(toLocationRow);
  }

  /** How many files of a directory are pickles that would import something that is not known as harmless. */
  countUnsafe(directory: string): number {
    const [row] = this.all(
      `SELECT count(*) AS count FROM models m JOIN model_locations l ON l.model_id = m.id
       WHERE l.directory = ? AND json_array_length(m.metadata, '$.unsafe') > 0`,
      [directory],
    );
    return Number(row?.count);
  }

  /** How many models and locations there are. */
  count(): { readonly models: number; readonly locations: number } {
    const [row] = this.all(
      "SELECT (SELECT count(*) FROM models) models, (SELECT count(*) FROM model_locations) locations",
    );
    return { models: Number(row?.models), locations: Number(row?.locations) };
  }

  /** Notes where a model can be had; what is known already stays. */
  addSources(id: number, sources: readonly KnownSource[]): void {
    for (const { type, url } of sources) {
      this.run("INSERT OR IGNORE INTO model_sources (model_id, type, url) VALUES (?, ?, ?)", [
        id,
        type,
        url,
      ]);
    }
  }

  /** Forgets a place where a model could be had. */
  removeSource(id: number, url: string): boolean {
    return this.run("DELETE FROM model_sources WHERE model_id = ? AND url = ?", [id, url])
      .changes > 0;
  }

  /** Gives a model the name that people know it by. */
  rename(id: number, name: string): void {
    this.run("UPDATE models SET name = ?1 WHERE id = ?2 AND name <> ?1", [name, id]);
  }

  /** Closes the file. */
  close(): void {
    this.#statements.clear();
    this.#guard(() => this.#database.close());
  }

  /** Closes the file, if it is open. */
  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.close();
  }

  #models(sql: string, values: readonly SQLInputValue[]): readonly IndexedModel[] {
    return this.byIds(this.all(sql, values).map((row) => Number(row.id)));
  }

  #prepare(sql: string, big: boolean): StatementSync {
    const key = `${big}${sql}`;
    const known = this.#statements.get(key);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(big);
    this.#statements.set(key, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw indexError(this.path, error);
    }
  }
}

function namesOf({ name, locations }: IndexedModel): readonly string[] {
  return [name, ...locations.map(({ relativePath }) => basename(relativePath))];
}

/** The absolute path of a location. */
export function locationPath(
  { directory, relativePath }: Pick<LocationRow, "directory" | "relativePath">,
): string {
  return join(directory, relativePath);
}
