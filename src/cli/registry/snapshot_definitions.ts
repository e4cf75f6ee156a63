import type { CommandDefinition, GroupDefinition } from "../types.ts";
import { snapshotOptions, snapshotWriteOptions } from "./snapshot_options.ts";

/** `registry snapshot` itself: takes one. */
export const snapshotDefinition: CommandDefinition = {
  path: ["registry", "snapshot"],
  brief: "Keep a packed copy of the cache and of Manager's data, with checksum and date",
  options: snapshotWriteOptions,
  changes: true,
  examples: [{ command: "comfydock registry snapshot --data-dir data", brief: "take one" }],
  load: () => import("./snapshot.ts"),
};

/** Dated copies of the registry data. */
export const snapshotGroup: GroupDefinition = {
  path: ["registry", "snapshot"],
  brief: "Dated copies of the registry data",
  examples: [
    { command: "comfydock registry snapshot --data-dir data", brief: "take one" },
    { command: "comfydock registry snapshot list --data-dir data", brief: "which are there?" },
    { command: "comfydock registry snapshot restore 2026-08-19 --data-dir data", brief: "go back" },
  ],
  commands: [
    {
      path: ["registry", "snapshot", "list"],
      brief: "List the snapshots of a data directory",
      options: snapshotOptions,
      examples: [{
        command: "comfydock registry snapshot list --data-dir data",
        brief: "newest first",
      }],
      load: () => import("./snapshot_list.ts"),
    },
    {
      path: ["registry", "snapshot", "restore"],
      brief: "Put the cache of a day back, after checking it",
      arguments: [{ name: "DATE", brief: "YYYY-MM-DD or YYYYMMDD", required: true }],
      options: snapshotOptions,
      changes: true,
      examples: [{
        command: "comfydock registry snapshot restore 2026-08-19 --data-dir data",
        brief: "that day's",
      }],
      load: () => import("./snapshot_restore.ts"),
    },
  ],
};
