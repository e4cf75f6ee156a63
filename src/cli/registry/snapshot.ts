import { formatBytes, type Outcome } from "../../output/mod.ts";
import {
  managerFilesIn,
  type SnapshotWritten,
  updateFiles,
  writeSnapshot,
} from "../../pipeline/mod.ts";
import { exportCacheJson, lockCache, RegistryCache } from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { commandTime } from "./now.ts";
import type { snapshotWriteOptions } from "./snapshot_options.ts";

/** What `registry snapshot` tells: the plan of a dry run, or what was written. */
export type SnapshotData =
  | { readonly dry_run: true; readonly data_dir: string; readonly day: string }
  | { readonly dry_run: false; readonly data_dir: string } & SnapshotWritten;

/** Takes a snapshot of a data directory's working cache and Manager files. */
export async function run(
  { options, dryRun }: InputOf<typeof snapshotWriteOptions>,
  context: CommandContext,
): Promise<Outcome<SnapshotData>> {
  const now = commandTime(options.now, context);
  const files = updateFiles(options.dataDir);
  using cache = new RegistryCache(files.workingCache, { readOnly: true });
  if (dryRun) return { data: { dry_run: true, data_dir: options.dataDir, day: now.slice(0, 10) } };
  await using _lock = await lockCache(files.workingCache, "registry snapshot");
  const written = await writeSnapshot(options.dataDir, {
    cacheJson: exportCacheJson(cache, now),
    managerFiles: await managerFilesIn(files.manager),
    now: Date.parse(now),
    signal: context.signal,
  });
  return { data: { dry_run: false, data_dir: options.dataDir, ...written } };
}

/** One line and the files. */
export function view(data: SnapshotData): string[] {
  if (data.dry_run) return [`Would take a snapshot of ${data.data_dir} for ${data.day}`];
  const { metadata, changed, written } = data;
  if (!changed) {
    return [`The snapshot of ${metadata.date} holds the same data; nothing was written`];
  }
  return [
    `Snapshot of ${metadata.date}, ${formatBytes(metadata.bytes)}`,
    ...written.map((path) => `  ${path}`),
  ];
}
