import type { FileChange } from "../changes/mod.ts";

/** A copy in the directory of a package that is to be made. */
export interface CopyStep {
  /** Id of the package. */
  readonly package: string;
  /** Where it stands, below the root. */
  readonly target: string;
  readonly source: string;
  readonly fault: "missing" | "outdated";
  /** What it holds, where that is not what its source holds. */
  readonly content?: Uint8Array<ArrayBuffer>;
}

/** What brings manifest and packages in step with templates, bundles, index and policy. */
export interface SyncPlan {
  /** Changes of the manifests; none when they are right. */
  readonly manifest: readonly FileChange[];
  readonly copies: readonly CopyStep[];
  /** Copies that an earlier sync made and that no package ships any more. */
  readonly removed: readonly string[];
  /** Files among the copies that neither a package ships nor a sync made; they stay. */
  readonly foreign: readonly string[];
  /** Where all copies stand that packages ship. */
  readonly targets: readonly string[];
}
