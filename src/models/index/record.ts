import { basename } from "node:path";
import type { ModelFormat } from "../types.ts";
import type { ModelIndex } from "./index.ts";
import { locationPath } from "./index.ts";

/** Where a file lies and what it was when it was looked at. */
export interface FilePlace {
  /** Absolute root. */
  readonly directory: string;
  /** Below the root, with forward slashes. */
  readonly relativePath: string;
  /** ComfyUI's folder. */
  readonly folder?: string;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode?: bigint;
  readonly device?: bigint;
}

/** What a file is, after it was read. */
export interface FileContent {
  /** In hex. */
  readonly blake3: string;
  /** In hex. */
  readonly sha256?: string;
  readonly format: ModelFormat;
}

/**
 * Notes a file with its digests; to be called in a transaction.
 *
 * @param now When, as ISO 8601.
 * @returns The id of its model.
 */
export function recordFile(
  index: ModelIndex,
  place: FilePlace,
  { blake3, sha256, format }: FileContent,
  now: string,
): number {
  const metadata = JSON.stringify(format);
  const id = modelWith(index, blake3) ?? addModel(index, place, blake3, metadata, now);
  index.run(
    "UPDATE models SET last_seen = ?2, metadata = ?3 WHERE id = ?1",
    [id, now, metadata],
  );
  if (sha256 !== undefined) addHash(index, id, "sha256", sha256);
  recordPlace(index, id, place, now);
  return id;
}

function modelWith(index: ModelIndex, blake3: string): number | undefined {
  const [row] = index.all(
    "SELECT model_id FROM model_hashes WHERE hash_type = 'blake3' AND hash_value = ?",
    [blake3],
  );
  return row && Number(row.model_id);
}

function addModel(
  index: ModelIndex,
  place: FilePlace,
  blake3: string,
  metadata: string,
  now: string,
): number {
  const name = basename(place.relativePath);
  const { id } = index.run(
    `INSERT INTO models (name, size, local_path, original_name, last_seen, metadata)
     VALUES (?1, ?2, ?3, ?1, ?4, ?5)`,
    [name, place.size, locationPath(place), now, metadata],
  );
  addHash(index, id, "blake3", blake3);
  return id;
}

/** Notes a further digest of a model. */
export function addHash(index: ModelIndex, id: number, type: string, value: string): void {
  index.run(
    "INSERT OR IGNORE INTO model_hashes (model_id, hash_type, hash_value) VALUES (?, ?, ?)",
    [id, type, value],
  );
}

/** Notes that a model lies at a place; to be called in a transaction. */
export function recordPlace(index: ModelIndex, id: number, place: FilePlace, now: string): void {
  index.run(
    `INSERT INTO model_locations
       (model_id, directory, relative_path, name, folder, size, mtime_ns, inode, device, last_seen)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (directory, relative_path) DO UPDATE SET
       model_id = excluded.model_id, folder = excluded.folder, size = excluded.size,
       mtime_ns = excluded.mtime_ns, inode = excluded.inode, device = excluded.device,
       last_seen = excluded.last_seen`,
    [
      id,
      place.directory,
      place.relativePath,
      basename(place.relativePath),
      place.folder ?? null,
      place.size,
      place.mtimeNs,
      place.inode ?? null,
      place.device ?? null,
      now,
    ],
  );
}

/** The model of a file that has been hashed under another name: the same inode, unchanged. */
export function modelOfInode(index: ModelIndex, place: FilePlace): number | undefined {
  if (place.inode === undefined || place.device === undefined) return undefined;
  const [row] = index.all(
    `SELECT model_id FROM model_locations
     WHERE inode = ? AND device = ? AND size = ? AND mtime_ns = ? LIMIT 1`,
    [place.inode, place.device, place.size, place.mtimeNs],
  );
  return row && Number(row.model_id);
}

/** Forgets locations; to be called in a transaction, and {@linkcode forgetLostModels} afterwards. */
export function forgetLocations(index: ModelIndex, ids: readonly number[]): void {
  for (const id of ids) index.run("DELETE FROM model_locations WHERE id = ?", [id]);
}

/**
 * Forgets models that lie nowhere any more, unless a source or a name given by hand would be lost with them, and lets
 * the others name a place where they are.
 */
export function forgetLostModels(index: ModelIndex): void {
  index.run(
    `DELETE FROM models WHERE id NOT IN (SELECT model_id FROM model_locations)
       AND id NOT IN (SELECT model_id FROM model_sources) AND name = original_name`,
    [],
  );
  const rows = index.all(
    `SELECT m.id, l.directory, l.relative_path, m.local_path FROM models m
     LEFT JOIN model_locations l ON l.id = (
       SELECT min(id) FROM model_locations WHERE model_id = m.id)
     WHERE m.local_path IS NOT NULL OR l.id IS NOT NULL`,
  );
  for (const row of rows) {
    const path = row.directory === null ? null : locationPath({
      directory: String(row.directory),
      relativePath: String(row.relative_path),
    });
    if (path !== row.local_path) {
      index.run("UPDATE models SET local_path = ? WHERE id = ?", [path, Number(row.id)]);
    }
  }
}
