import { baseErrors } from "../../base/mod.ts";
import { noCheckpoints } from "../../workspace/mod.ts";
import {
  forgetLocations,
  forgetLostModels,
  type ModelIndex,
  modelOfInode,
  recordPlace,
} from "../index/mod.ts";
import { readAndRecord, type RecordedFiles } from "./record_read.ts";
import type { ScanPlan } from "./plan.ts";
import type { FoundFile, ScanOptions, ScanReport } from "./types.ts";

/**
 * Carries out a scan: files that moved, files to read, what vanished; each in transactions of their own.
 *
 * @param now When, as ISO 8601.
 * @throws `INTERRUPTED`, `DISK_FULL`, and the other errors of the index.
 */
export async function applyScan(
  index: ModelIndex,
  plan: ScanPlan,
  now: string,
  options: ScanOptions,
): Promise<ScanReport> {
  const { checkpoints = noCheckpoints, sha256 = false } = options;
  const added = plan.roots.flatMap((root) => root.added);
  const changed = plan.roots.flatMap((root) => root.changed);
  const unchanged = plan.roots.flatMap((root) => root.unchanged);
  const { moved, fresh } = recordMoved(index, [...added, ...changed], now);
  checkpoints.reach("scan:moved");
  const incomplete = sha256 ? withoutSha256(index, [...unchanged, ...moved]) : [];
  const work = await readAndRecord(index, [...fresh, ...incomplete], now, options);
  const removed = finish(index, plan, work, now);
  checkpoints.reach("scan:finished");
  const again = new Set(incomplete.map(({ path }) => path));
  const isNew = new Set(added.map(({ path }) => path));
  const recorded = work.recorded.filter(({ path }) => !again.has(path));
  const present = [...unchanged, ...moved, ...recorded];
  return {
    roots: plan.roots.map(({ directory }) => directory),
    files: present.length,
    bytes: present.reduce((sum, { size }) => sum + size, 0),
    added: recorded.filter(({ path }) => isNew.has(path)).length,
    changed: recorded.filter(({ path }) => !isNew.has(path)).length,
    moved: moved.length,
    unchanged: unchanged.length,
    removed,
    hashedBytes: work.hashedBytes,
    unsafe: work.unsafe,
    unsafeFiles: countUnsafe(index, plan),
    problems: [...plan.problems, ...work.failed.map(({ problem }) => problem)],
    warnings: plan.found.flatMap(({ warnings }) => warnings),
  };
}

function countUnsafe(index: ModelIndex, { roots }: ScanPlan): number {
  return roots.reduce((sum, { directory }) => sum + index.countUnsafe(directory), 0);
}

/** Notes files whose bytes the index knows by their inode, and returns the rest. */
function recordMoved(
  index: ModelIndex,
  files: readonly FoundFile[],
  now: string,
): { readonly moved: readonly FoundFile[]; readonly fresh: readonly FoundFile[] } {
  if (files.length === 0 || index.count().locations === 0) return { moved: [], fresh: files };
  return index.transaction(() => {
    const moved: FoundFile[] = [];
    const fresh: FoundFile[] = [];
    for (const file of files) {
      const id = modelOfInode(index, file);
      if (id !== undefined) recordPlace(index, id, file, now);
      (id === undefined ? fresh : moved).push(file);
    }
    return { moved, fresh };
  });
}

/** One file of each model whose SHA-256 is not known. */
function withoutSha256(index: ModelIndex, files: readonly FoundFile[]): readonly FoundFile[] {
  const rows = index.all(
    `SELECT directory, relative_path FROM model_locations WHERE model_id NOT IN (
       SELECT model_id FROM model_hashes WHERE hash_type = 'sha256')
     GROUP BY model_id`,
  );
  const wanted = new Set(rows.map((row) => `${row.directory}\0${row.relative_path}`));
  return files.filter((file) => wanted.has(`${file.directory}\0${file.relativePath}`));
}

/** Forgets what is not there any more, and notes that the rest was seen; returns how many locations went. */
function finish(
  index: ModelIndex,
  { roots, swallowed }: ScanPlan,
  { failed, recorded }: RecordedFiles,
  now: string,
): number {
  return index.transaction(() => {
    const gone = roots.flatMap(({ vanished }) => vanished.map(({ id }) => id));
    forgetLocations(index, gone);
    let removed = gone.length + forgetFailed(index, failed);
    for (const directory of swallowed) {
      removed += index.run("DELETE FROM model_locations WHERE directory = ?", [directory]).changes;
    }
    for (const { directory, refiled } of roots) {
      for (const { relativePath, folder } of refiled) {
        index.run(
          "UPDATE model_locations SET folder = ? WHERE directory = ? AND relative_path = ?",
          [folder ?? null, directory, relativePath],
        );
      }
      index.run("UPDATE model_locations SET last_seen = ? WHERE directory = ?", [now, directory]);
    }
    if (removed > 0 || recorded.length > 0) forgetLostModels(index);
    return removed;
  });
}

/** A file that turned bad is not the model any more; of one that could not be read nothing new is known. */
function forgetFailed(index: ModelIndex, failed: RecordedFiles["failed"]): number {
  return failed.reduce((sum, { file, problem }) => {
    if (problem.code === baseErrors.FILE_UNREADABLE.code) return sum;
    return sum + index.run(
      "DELETE FROM model_locations WHERE directory = ? AND relative_path = ?",
      [file.directory, file.relativePath],
    ).changes;
  }, 0);
}
