import type { WorkspaceNodeIndex } from "../index/mod.ts";
import type { NodeTarget, NodeWorld } from "../types.ts";
import type { PackageReader, TargetPlatform } from "../packages/mod.ts";

/** What references are resolved with. */
export interface ReferenceWorld extends NodeWorld {
  readonly index: Pick<WorkspaceNodeIndex, "packageOfRepository" | "nearest">;
  readonly packages: Pick<PackageReader, "read">;
  /** What versions have to fit. */
  readonly platform: TargetPlatform;
  /** Absolute; relative paths start here. */
  readonly cwd: string;
  /** The user's own directory, for `~`. */
  readonly home?: string;
}

/** What the user has decided. */
export interface ReferenceChoices {
  /** The repository itself is wanted, not the registry's archive. */
  readonly git?: boolean;
  /** The directory stays where it is. */
  readonly dev?: boolean;
}

/** A choice that was made for the user, to be told. */
export interface ReferenceNotice {
  /** Stable, such as `NODE_FROM_REGISTRY`. */
  readonly code: string;
  readonly message: string;
}

/** What a reference means, and what was chosen on the way. */
export interface ResolvedReference {
  readonly target: NodeTarget;
  readonly notices: readonly ReferenceNotice[];
}
