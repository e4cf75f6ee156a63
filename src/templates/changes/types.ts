import type { Checkpoints } from "../../base/mod.ts";

/** A file before and after a change; absent content means that there is no file. */
export interface FileChange {
  /** Below the root of the repository, with forward slashes. */
  readonly path: string;
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

/** How changes are carried out. */
export interface ApplyOptions {
  readonly checkpoints?: Checkpoints;
}

/** What became of changes in whose midst a process ended. */
export interface EndedChanges {
  /** `cleared` where no file had been changed yet, so that none is; `finished` where the rest was done now. */
  readonly outcome: "cleared" | "finished";
  /** Every file that the changes are about. */
  readonly files: readonly string[];
  /** Those of them that somebody changed since, which stay as they are. */
  readonly kept: readonly string[];
}
