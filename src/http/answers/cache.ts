import type { DatabaseSync } from "node:sqlite";
import { isDamage, openRebuildable, removeDatabase } from "../../base/database/mod.ts";
import { type Clock, type Reporter, silentReporter, systemClock } from "../../base/mod.ts";
import { answerTables } from "./tables.ts";
import type { KeptAnswer } from "./types.ts";

/** How a cache of answers behaves. */
export interface AnswerCacheOptions {
  /** What all answers together may take, in bytes; default 256 MiB. The oldest go first. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** Told when answers cannot be kept, and when old ones are used. */
  readonly report?: Reporter;
}

/** Answers of servers on disk; a cache that fails is told of and never stops the work. */
export interface AnswerCache extends Disposable {
  readonly clock: Clock;
  readonly report: Reporter;
  /** A kept answer, whatever its age. */
  read(key: string): KeptAnswer | undefined;
  /** When the server last confirmed an answer, in milliseconds since the epoch, without reading its body. */
  checkedAt(key: string): number | undefined;
  /** Keeps an answer in place of an earlier one. */
  keep(key: string, answer: KeptAnswer): void;
  /** Notes that the server still gives this answer. */
  confirm(key: string): void;
  /** Closes the file, so that it may be removed. */
  close(): void;
}

const MAX_BYTES = 256 * 1024 * 1024;
/** Trimming leaves room, so that not every answer trims again. */
const TRIMMED_TO = 0.9;

/**
 * Opens the cache of answers at a path; one that is damaged begins anew, and where none can be written, answers are
 * kept for this process only.
 *
 * @param path The SQLite file.
 */
export function openAnswerCache(path: string, options: AnswerCacheOptions = {}): AnswerCache {
  return new DiskCache(path, options);
}

interface Row {
  readonly status: number;
  readonly url: string;
  readonly etag: string | null;
  readonly content_type: string | null;
  readonly checked_at: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

class DiskCache implements AnswerCache {
  readonly clock: Clock;
  readonly report: Reporter;
  readonly #path: string;
  readonly #maxBytes: number;
  #database: DatabaseSync;
  #closed = false;

  constructor(path: string, options: AnswerCacheOptions) {
    this.clock = options.clock ?? systemClock;
    this.report = options.report ?? silentReporter;
    this.#path = path;
    this.#maxBytes = options.maxBytes ?? MAX_BYTES;
    this.#database = this.#open(path);
  }

  read(key: string): KeptAnswer | undefined {
    const row = this.#guard(() =>
      this.#database.prepare(
        "SELECT status, url, etag, content_type, checked_at, body FROM answers WHERE key = ?",
      ).get(key) as Row | undefined
    );
    return row && {
      status: row.status,
      url: row.url,
      etag: row.etag ?? undefined,
      contentType: row.content_type ?? undefined,
      checkedAt: row.checked_at,
      body: row.body,
    };
  }

  checkedAt(key: string): number | undefined {
    const sql = "SELECT checked_at FROM answers WHERE key = ?";
    const row = this.#guard(() => this.#database.prepare(sql).get(key));
    return row === undefined ? undefined : Number(row["checked_at"]);
  }

  keep(key: string, { status, url, etag, contentType, checkedAt, body }: KeptAnswer): void {
    if (body.length > this.#maxBytes / 2) return;
    this.#guard(() => {
      this.#database.prepare(
        `INSERT OR REPLACE INTO answers
         (key, status, url, etag, content_type, checked_at, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        key,
        status,
        url,
        etag ?? null,
        contentType ?? null,
        checkedAt,
        key.length + body.length,
        body,
      );
      this.#trim();
    });
  }

  confirm(key: string): void {
    const sql = "UPDATE answers SET checked_at = ? WHERE key = ?";
    this.#guard(() => this.#database.prepare(sql).run(this.clock.now(), key));
  }

  close(): void {
    if (!this.#closed) this.#database.close();
    this.#closed = true;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #trim(): void {
    const sum = this.#database.prepare("SELECT sum(size) AS bytes FROM answers").get();
    let excess = Number(sum?.["bytes"]) - this.#maxBytes;
    if (excess <= 0) return;
    excess += this.#maxBytes * (1 - TRIMMED_TO);
    const oldest = this.#database.prepare(
      "SELECT rowid AS row, size FROM answers ORDER BY checked_at, size",
    );
    const remove = this.#database.prepare("DELETE FROM answers WHERE rowid = ?");
    const gone: number[] = [];
    for (const found of oldest.iterate()) {
      if (excess <= 0) break;
      gone.push(Number(found["row"]));
      excess -= Number(found["size"]);
    }
    for (const row of gone) remove.run(row);
  }

  #open(path: string): DatabaseSync {
    try {
      return openRebuildable(path, answerTables);
    } catch (error) {
      this.#tell(error);
      return openRebuildable(":memory:", answerTables);
    }
  }

  /** What is damaged begins anew; a full disk or another process that writes only costs the keeping. */
  #guard<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) this.#begin();
      else this.#tell(error);
      return undefined;
    }
  }

  #begin(): void {
    this.#database.close();
    try {
      removeDatabase(this.#path);
    } catch (error) {
      this.#tell(error);
    }
    this.#database = this.#open(this.#path);
  }

  #tell(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    this.report.emit({
      kind: "warned",
      code: "ANSWERS_NOT_KEPT",
      message: `Cannot keep answers in "${this.#path}": ${error.message}`,
    });
  }
}
