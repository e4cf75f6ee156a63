import { fileError } from "../../base/mod.ts";
import { formatBytes, type Outcome } from "../../output/mod.ts";
import {
  findSnapshot,
  restoreSnapshot,
  type SnapshotMetadata,
  updateFiles,
} from "../../pipeline/mod.ts";
import { lockCache } from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { snapshotOptions } from "./snapshot_options.ts";

/** What `registry snapshot restore` tells. */
export interface SnapshotRestoreData {
  readonly dry_run: boolean;
  readonly data_dir: string;
  readonly date: string;
  /** Where the working cache that was in use lies now. */
  readonly kept?: string;
  readonly metadata?: SnapshotMetadata;
}

/** Puts the cache of a day back; the working cache is kept beside, and made anew by the next update. */
export async function run(
  { options: { dataDir }, args, dryRun }: InputOf<typeof snapshotOptions>,
  context: CommandContext,
): Promise<Outcome<SnapshotRestoreData>> {
  const date = args[0]!;
  if (dryRun) {
    const { day } = await findSnapshot(dataDir, date);
    return { data: { dry_run: true, data_dir: dataDir, date: day } };
  }
  const now = context.clock.now();
  const { workingCache } = updateFiles(dataDir);
  await findSnapshot(dataDir, date);
  await using _lock = await lockCache(workingCache, "registry snapshot restore");
  const restored = await restoreSnapshot(dataDir, date, { now });
  const kept = await setAside(workingCache, now);
  const { metadata, date: day } = restored;
  return { data: { dry_run: false, data_dir: dataDir, date: day, metadata, kept } };
}

async function setAside(path: string, now: number): Promise<string | undefined> {
  const kept = `${path}.before-restore-${
    new Date(now).toISOString().replace(/\D/g, "").slice(0, 14)
  }`;
  let moved: string | undefined;
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      await Deno.rename(`${path}${suffix}`, `${kept}${suffix}`);
      moved = kept;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot move", path, error);
    }
  }
  return moved;
}

/** What was put back and where the rest is. */
export function view({ dry_run, date, data_dir, kept, metadata }: SnapshotRestoreData): string[] {
  if (dry_run) return [`Would restore the snapshot of ${date} in ${data_dir}`];
  return [
    `Restored the snapshot of ${date}, ${formatBytes(metadata?.bytes ?? 0)}`,
    ...(kept ? [`The working cache that was in use is kept as ${kept}`] : []),
    "The next `registry update` goes on from here",
  ];
}
