import { ComfydockError, exists, openAtomic } from "../../base/mod.ts";
import { pipelineErrors } from "../errors.ts";
import { historyPath, inDataDir, parseSnapshotDate, snapshotPaths, stagedPath } from "./layout.ts";
import { snapshotDates } from "./list.ts";
import { describeSnapshot, type SnapshotMetadata } from "./metadata.ts";
import { finishPending } from "./pending.ts";
import { withStaging } from "./staging.ts";
import { type SnapshotLimits, type VerifiedSnapshot, verifySnapshot } from "./verify.ts";

/** The file that a restored cache is unpacked to, below the data directory. */
export const RESTORED_CACHE = "full_registry_cache.json";

/** How a snapshot is restored. */
export interface RestoreOptions {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly limits?: SnapshotLimits;
}

/** What {@linkcode restoreSnapshot} put back. */
export interface SnapshotRestored {
  readonly date: string;
  /** The unpacked cache, to be imported into the working cache. */
  readonly json: string;
  readonly snapshot: VerifiedSnapshot;
  readonly metadata: SnapshotMetadata;
}

/**
 * Makes the snapshot of a day the current one again, after it was read whole and found good.
 *
 * `full_registry_cache.json` and `cache/` become that day's, together or not at all; the working database and the
 * dated copies are left as they are.
 *
 * @param dataDir The data directory.
 * @param date `YYYY-MM-DD` or `YYYYMMDD`.
 * @throws `SNAPSHOT_NOT_FOUND`, `SNAPSHOT_DAMAGED`, `SNAPSHOT_TOO_LARGE`, `SNAPSHOT_DATE_INVALID`, `FILE_UNWRITABLE`
 */
export async function restoreSnapshot(
  dataDir: string,
  date: string,
  { now, limits }: RestoreOptions,
): Promise<SnapshotRestored> {
  await finishPending(dataDir);
  const { day, path } = await findSnapshot(dataDir, date);
  return await withStaging(dataDir, async (staging) => {
    await staging.copy(path, snapshotPaths.cache);
    const unpacked = await openAtomic(stagedPath(dataDir, RESTORED_CACHE));
    let snapshot: VerifiedSnapshot;
    try {
      snapshot = await verifySnapshot(path, {
        limits,
        onBytes: (bytes) => unpacked.write(bytes),
      });
      unpacked.commit();
      staging.adopt(RESTORED_CACHE);
    } catch (error) {
      unpacked.abandon();
      throw error;
    }
    const { packages, versions } = snapshot;
    const metadata = describeSnapshot(snapshot, { now, date: day, stats: { packages, versions } });
    await staging.companions(metadata, false);
    return { date: day, json: inDataDir(dataDir, RESTORED_CACHE), snapshot, metadata };
  });
}

/**
 * Finds the snapshot of a day.
 *
 * @param date `YYYY-MM-DD` or `YYYYMMDD`.
 * @returns The day as `YYYY-MM-DD`, and the packed file.
 * @throws `SNAPSHOT_NOT_FOUND` naming the nearest one, `SNAPSHOT_DATE_INVALID`
 */
export async function findSnapshot(
  dataDir: string,
  date: string,
): Promise<{ readonly day: string; readonly path: string }> {
  const day = parseSnapshotDate(date);
  const path = inDataDir(dataDir, historyPath(day));
  if (!await exists(path)) throw await notFound(dataDir, day);
  return { day, path };
}

async function notFound(dataDir: string, date: string): Promise<ComfydockError> {
  const dates = await snapshotDates(dataDir);
  const nearest = dates.find((known) => known < date) ?? dates.at(-1);
  return new ComfydockError(
    pipelineErrors.SNAPSHOT_NOT_FOUND,
    `Cannot restore the snapshot of ${date}: "${dataDir}" has none of that day`,
    {
      hint: nearest === undefined
        ? "Run `comfydock registry update --data-dir DIR` to make the first one"
        : `Run \`comfydock registry snapshot restore ${nearest}\` for the nearest one`,
      details: { date, nearest: nearest ?? null },
    },
  );
}
