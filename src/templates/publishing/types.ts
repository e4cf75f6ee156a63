import type { WrittenFile } from "../wheels/mod.ts";

/** What is done with a package. */
export type PublishAction = "upload" | "skip" | "blocked";

/** A package in the order of publishing. */
export interface PlannedUpload {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly action: PublishAction;
  /** Why it is skipped or blocked. */
  readonly why?: string;
  /** In the directory of distributions. */
  readonly files: readonly WrittenFile[];
}

/** What publishing does, in order; the meta package last. */
export interface PublishPlan {
  readonly packages: readonly PlannedUpload[];
  /** Requirements that have to be installable before the meta package goes up. */
  readonly pins: readonly string[];
  /** Bytes that are uploaded. */
  readonly bytes: number;
  /** What is worth knowing, such as how full the index gets. */
  readonly warnings: readonly string[];
}

/** How far the upload of a package is. */
export type UploadState = "pending" | "uploading" | "done" | "skipped";

/** A package in the journal. */
export interface JournalEntry {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly state: UploadState;
  readonly files: readonly WrittenFile[];
}

/** Which index a publication goes to; what is left out, uv's configuration says. Without credentials. */
export interface PublishTarget {
  /** Name of the channel, where it is not the usual one. */
  readonly channel?: string;
  /** Where files are uploaded to. */
  readonly publishUrl?: string;
  /** Where what was uploaded is found. */
  readonly checkUrl?: string;
}

/** A publication on its way. */
export interface PublishJournal extends PublishTarget {
  /** Of the directory of distributions, below the root. */
  readonly dist: string;
  readonly pins: readonly string[];
  readonly packages: readonly JournalEntry[];
  /** Whether all of it is done. */
  readonly complete: boolean;
  /** Whether what it changed was taken back, so that nothing must go on. */
  readonly takenBack?: boolean;
  /** Files that the release changed: before, and after; for taking them back. */
  readonly changed: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
  }[];
}
