import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { readChecksum } from "./checksum.ts";
import { namesIn } from "./disk.ts";
import { historyPath, inDataDir } from "./layout.ts";
import { readMetadata } from "./metadata.ts";
import { finishPending } from "./pending.ts";

/** One dated snapshot. */
export interface SnapshotEntry {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Below the data directory, with forward slashes. */
  readonly path: string;
  /** Size of the packed file. */
  readonly bytes: number;
  /** What its checksum file says; absent when there is none. */
  readonly sha256?: string;
  /** True for the one that `cache/` holds. */
  readonly current: boolean;
}

/**
 * Lists the dated snapshots of a data directory, newest first.
 *
 * @throws `FILE_UNREADABLE`, `DATA_INVALID`
 */
export async function listSnapshots(dataDir: string): Promise<SnapshotEntry[]> {
  await finishPending(dataDir);
  const metadata = await readMetadata(dataDir);
  const entries: SnapshotEntry[] = [];
  for (const date of await snapshotDates(dataDir)) {
    const path = historyPath(date);
    const file = inDataDir(dataDir, path);
    const sha256 = await readChecksum(file);
    try {
      const { size: bytes } = await Deno.stat(file);
      entries.push({ date, path, bytes, sha256, current: metadata?.date === date });
    } catch (error) {
      throw fileError("Cannot read", file, error);
    }
  }
  return entries;
}

/** The days that have a snapshot, newest first; files with other names are passed over. */
export async function snapshotDates(dataDir: string): Promise<string[]> {
  const history = join(dataDir, "history");
  const dates: string[] = [];
  for (const year of await namesIn(history)) {
    for (const month of await namesIn(join(history, year))) {
      for (const name of await namesIn(join(history, year, month))) {
        const parts = /^registry_cache_(\d{4})(\d\d)(\d\d)\.json\.gz$/.exec(name);
        const date = parts?.slice(1).join("-");
        if (date && historyPath(date) === `history/${year}/${month}/${name}`) dates.push(date);
      }
    }
  }
  return dates.sort().reverse();
}
