import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { formatBytes, type Outcome } from "../../output/mod.ts";
import {
  MANAGER_FILES,
  type ManagerFile,
  type SnapshotWritten,
  updateFiles,
  writeSnapshot,
} from "../../pipeline/mod.ts";
import { exportCacheJson, RegistryCache } from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { commandTime } from "./now.ts";
import type { snapshotWriteOptions } from "./snapshot_definitions.ts";

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
  if (dryRun) return { data: { dry_run: true, data_dir: options.dataDir, day: now.slice(0, 10) } };
  using cache = new RegistryCache(files.workingCache, { readOnly: true });
  const written = await writeSnapshot(options.dataDir, {
    cacheJson: exportCacheJson(cache, now),
    managerFiles: await managerFiles(files.manager),
    now: Date.parse(now),
    signal: context.signal,
  });
  return { data: { dry_run: false, data_dir: options.dataDir, ...written } };
}

async function managerFiles(directory: string): Promise<ManagerFile[]> {
  const found: ManagerFile[] = [];
  for (const name of MANAGER_FILES) {
    const path = join(directory, name);
    try {
      found.push({ name, content: await Deno.readFile(path) });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot read", path, error);
    }
  }
  return found;
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
