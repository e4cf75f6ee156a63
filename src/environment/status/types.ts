import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import type { PackageVersions, VenvStamp } from "../venv/mod.ts";

/** What can differ. */
export type DifferenceKind =
  | "interrupted"
  | "busy"
  | "history_missing"
  | "uncommitted"
  | "lock_missing"
  | "lock_stale"
  | "lock_damaged"
  | "venv_missing"
  | "python_version"
  | "package_missing"
  | "package_extra"
  | "package_version"
  | "comfyui_missing"
  | "comfyui_no_git"
  | "comfyui_commit"
  | "comfyui_changed"
  | "requirement_missing"
  | "models_unlinked"
  | "node_missing"
  | "node_extra"
  | "node_version"
  | "node_changed"
  | "node_disabled"
  | "node_enabled"
  | "node_twice"
  | "node_bisect"
  | "workflow_missing"
  | "workflow_outside"
  | "workflow_hash"
  | "workflow_copy_missing"
  | "workflow_copy_differs"
  | "workflow_untracked"
  | "model_missing"
  | "model_outside"
  | "model_size";

/** One thing that is not as the manifest, the lock or the history say. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** What differs: a package, a file, ComfyUI. */
  readonly subject: string;
  /** What should be, and what is; absent where there is nothing. */
  readonly expected?: string;
  readonly found?: string;
  /** A `warning` counts for `validate --strict` only, or not at all where it is advice. */
  readonly severity: "error" | "warning";
  /** The command that settles it. */
  readonly settle: string;
}

/** What is known of an environment when it is looked at. */
export interface StatusFacts {
  readonly world: EnvironmentWorld;
  readonly state: EnvironmentState;
  readonly stamp: VenvStamp | undefined;
  readonly installed: PackageVersions | undefined;
  /** Reads every file of node packs, whatever its size and time say. */
  readonly thorough?: boolean;
}

/** Looks at one side of an environment; changes nothing. */
export type Inspector = (facts: StatusFacts) => Promise<readonly Difference[]>;

/** The state of an environment. */
export interface EnvironmentStatus {
  readonly name: string;
  readonly path: string;
  readonly commit?: string;
  readonly comfyui: {
    readonly version?: string;
    readonly commit?: string;
  };
  readonly python?: string;
  readonly torchBackend?: string;
  /** How many distributions are installed. */
  readonly packages: number;
  readonly nodes: number;
  readonly models: number;
  readonly workflows: number;
  readonly differences: readonly Difference[];
}
