import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RegistryNodeClass, RegistryPackage, RegistryVersion, Sighting } from "../types.ts";
import { digestOf } from "./digest.ts";
import { cacheError, openDatabase } from "./schema.ts";

/** How much is known of the node classes of a version. */
export type NodesState = "read" | "inferred" | "absent";

/** What planning needs to know of a package. */
export interface PackageRow {
  readonly id: string;
  readonly downloads: number;
  readonly latest: string | null;
  readonly missing_since: string | null;
  readonly versions_checked: string | null;
  /** 1 when the list says something that the versions at hand do not. */
  readonly versions_due: number;
}

/** What planning needs to know of a version. */
export interface VersionRow {
  readonly package_id: string;
  readonly version: string;
  readonly extract: string | null;
  readonly missing_since: string | null;
  readonly nodes_state: NodesState | null;
  readonly nodes_digest: string | null;
}

/** The working cache: everything that was ever seen in the registry. Nothing is ever removed from it. */
export class RegistryCache {
  readonly path: string;
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #readOnly: boolean;
  #pending = 0;
  #inTransaction = false;

  /** Opens the cache at `path`; errors as `openDatabase`. */
  constructor(path: string, options: { readonly readOnly?: boolean } = {}) {
    this.path = path;
    this.#readOnly = options.readOnly === true;
    this.database = openDatabase(path, options);
  }

  /** Writes what is pending once `interval` packages have been touched since the last checkpoint. */
  checkpoint(interval = 1): void {
    if (!this.#inTransaction || this.#pending < interval) return;
    this.#change(() => this.database.exec("COMMIT"));
    this.#inTransaction = false;
    this.#pending = 0;
  }

  /** Counts one more package as touched. */
  touch(): void {
    this.#pending++;
  }

  /** Commits and closes; call it also after a failure, so that what was read is kept. */
  close(): void {
    try {
      this.checkpoint(0);
      if (!this.#readOnly) this.#rest();
    } finally {
      this.database.close();
    }
  }

  /** Leaves the cache as one file: without its log, readers make no files beside it and need not be able to. */
  #rest(): void {
    try {
      this.database.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
    } catch (error) {
      // While somebody reads, the log stays, and so it does on a disk that has no room for the change.
      if (!(error instanceof Error)) throw error;
    }
  }

  /** Does what {@linkcode close} does, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Stores a package as the list gave it.
   *
   * Its versions become due when the list names a newest version that is not at hand or one that changed.
   */
  savePackage(
    record: RegistryPackage,
    seen: Required<Pick<Sighting, "last_checked">> & Sighting,
  ): void {
    const latest = record.latest_version ?? null;
    this.run(
      `INSERT INTO packages (id, record, downloads, latest, first_seen, last_checked, missing_since)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         record = excluded.record, downloads = excluded.downloads, last_checked = excluded.last_checked,
         versions_due = versions_due OR missing_since IS NOT NULL OR latest IS NOT excluded.latest,
         latest = excluded.latest, missing_since = excluded.missing_since`,
      record.id,
      JSON.stringify(record),
      record.downloads,
      latest,
      seen.first_seen ?? seen.last_checked,
      seen.last_checked,
      seen.missing_since ?? null,
    );
  }

  /** Stores a version; a download address that was known is not lost to a list that leaves it empty. */
  saveVersion(
    packageId: string,
    record: RegistryVersion,
    seen: Required<Pick<Sighting, "last_checked">> & Sighting,
  ): void {
    const known = record.download_url ? undefined : this.#downloadUrl(packageId, record.version);
    const kept = known ? { ...record, download_url: known } : record;
    this.run(
      `INSERT INTO versions (package_id, version, record, extract, has_url, first_seen, last_checked, missing_since)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (package_id, version) DO UPDATE SET
         record = excluded.record, extract = excluded.extract, has_url = excluded.has_url,
         nodes_state = CASE WHEN nodes_state = 'absent' AND extract IS NOT excluded.extract THEN NULL ELSE nodes_state END,
         last_checked = excluded.last_checked, missing_since = excluded.missing_since`,
      packageId,
      record.version,
      JSON.stringify(orderedVersion(kept)),
      record.comfy_node_extract_status ?? null,
      kept.download_url ? 1 : 0,
      seen.first_seen ?? seen.last_checked,
      seen.last_checked,
      seen.missing_since ?? null,
    );
  }

  /** Stores the node classes of a version, sorted by name, and returns the digest of their list. */
  saveNodeClasses(
    packageId: string,
    version: string,
    classes: readonly RegistryNodeClass[],
  ): string {
    const body = JSON.stringify(sortedClasses(classes));
    const digest = digestOf(body);
    this.run(
      "INSERT OR IGNORE INTO node_lists (digest, count, body) VALUES (?, ?, ?)",
      digest,
      classes.length,
      body,
    );
    this.setNodes(packageId, version, "read", digest);
    return digest;
  }

  /** Says what is known of the node classes of a version. */
  setNodes(packageId: string, version: string, state: NodesState, digest: string | null): void {
    this.run(
      "UPDATE versions SET nodes_state = ?, nodes_digest = ? WHERE package_id = ? AND version = ?",
      state,
      digest,
      packageId,
      version,
    );
  }

  /** Every package, by id. */
  packages(): PackageRow[] {
    return this.all(
      `SELECT id, downloads, latest, missing_since, versions_checked, versions_due FROM packages ORDER BY id`,
    );
  }

  /** The versions of one package, in no particular order. */
  versionsOf(packageId: string): VersionRow[] {
    return this.all(
      `SELECT package_id, version, extract, missing_since, nodes_state, nodes_digest
       FROM versions WHERE package_id = ?`,
      packageId,
    );
  }

  /** A value that was kept with {@linkcode setMeta}. */
  meta(key: string): string | undefined {
    return this.all<{ value: string }>("SELECT value FROM meta WHERE key = ?", key)[0]?.value;
  }

  /** Keeps a value under a key. */
  setMeta(key: string, value: string): void {
    this.run(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }

  /** Runs a statement that changes something, inside the transaction of the current checkpoint. */
  run(sql: string, ...values: (string | number | null)[]): void {
    this.#change(() => {
      if (!this.#inTransaction) {
        this.database.exec("BEGIN IMMEDIATE");
        this.#inTransaction = true;
      }
      this.#statement(sql).run(...values);
    });
  }

  /** Reads all rows of a query. */
  all<Row>(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values) as Row[]);
  }

  #downloadUrl(packageId: string, version: string): string | undefined {
    const [row] = this.all<{ url: string | null }>(
      "SELECT record ->> 'download_url' AS url FROM versions WHERE package_id = ? AND version = ?",
      packageId,
      version,
    );
    return row?.url ?? undefined;
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.database.prepare(sql));
    return statement;
  }

  /** After a failed change the transaction is given up, as SQLite itself does on a full disk; earlier checkpoints stand. */
  #change(work: () => void): void {
    try {
      work();
    } catch (error) {
      const failure = cacheError(this.path, error);
      this.#giveUp();
      throw failure;
    }
  }

  #giveUp(): void {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#pending = 0;
    try {
      this.database.exec("ROLLBACK");
    } catch (error) {
      // SQLite had rolled back by itself.
      if (!(error instanceof Error)) throw error;
    }
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw cacheError(this.path, error);
    }
  }
}

// The address may come later than the rest; its place in the record must not depend on when.
function orderedVersion(record: RegistryVersion): RegistryVersion {
  const { version, id, download_url, ...rest } = record;
  return {
    version,
    ...(id === undefined ? {} : { id }),
    ...(download_url === undefined ? {} : { download_url }),
    ...rest,
  };
}

function sortedClasses(classes: readonly RegistryNodeClass[]): RegistryNodeClass[] {
  const byName = new Map(classes.map((one) => [one.comfy_node_name, one]));
  return [...byName.values()].sort((a, b) => (a.comfy_node_name < b.comfy_node_name ? -1 : 1));
}
