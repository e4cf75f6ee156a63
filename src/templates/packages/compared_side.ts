import type { RepositorySide } from "./side.ts";
import type { Snapshot } from "./snapshots.ts";
import type { FilePlace, ReleaseChanges } from "./types.ts";

/** A comparison, and both of its sides for those who ask further. */
export interface Comparison {
  readonly changes: ReleaseChanges;
  readonly before?: ComparedSide;
  readonly now: ComparedSide;
}

/** One side of a comparison. */
export interface ComparedSide extends RepositorySide {
  readonly files: Snapshot;
  /** Where packages ship copies of a content, by the id that git gives it. */
  placesOf(contentId: string): Promise<readonly ShippedFile[]>;
}

/** A file that a package ships. */
export interface ShippedFile extends FilePlace {
  /** Where it is packaged. */
  readonly target: string;
}
