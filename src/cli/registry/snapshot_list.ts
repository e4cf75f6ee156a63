import { alignColumns, formatBytes, type Outcome } from "../../output/mod.ts";
import { listSnapshots, type SnapshotEntry } from "../../pipeline/mod.ts";
import type { InputOf } from "../types.ts";
import type { snapshotOptions } from "./snapshot_options.ts";

/** What `registry snapshot list` tells. */
export interface SnapshotListData {
  readonly data_dir: string;
  readonly snapshots: readonly SnapshotEntry[];
}

/** Lists the snapshots of a data directory. */
export async function run(
  { options: { dataDir } }: InputOf<typeof snapshotOptions>,
): Promise<Outcome<SnapshotListData>> {
  return { data: { data_dir: dataDir, snapshots: await listSnapshots(dataDir) } };
}

/** A line a day, newest first. */
export function view({ snapshots, data_dir }: SnapshotListData): string[] {
  if (snapshots.length === 0) return [`There are no snapshots in ${data_dir}`];
  return alignColumns(
    snapshots.map((one) => [one.date, formatBytes(one.bytes), one.current ? "current" : ""]),
  );
}
