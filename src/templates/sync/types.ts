import type { FileChange } from "../changes/mod.ts";

/** A file that a package ships and that its directory does not have as it should. */
export interface StaleCopy {
  /** The package. */
  readonly package: string;
  /** Where it should be, below the root. */
  readonly target: string;
  readonly source: string;
  readonly fault: "missing" | "outdated";
  /** What it shall hold, where that is not the content of the source. */
  readonly text?: string;
}

/** What has to be written so that manifest and packages hold what templates, bundles and index say. */
export interface SyncPlan {
  readonly manifest: readonly FileChange[];
  readonly copies: readonly StaleCopy[];
  /** Copies of an earlier manifest that no package ships any more. */
  readonly removed: readonly string[];
}
