import type { TomlTable } from "./toml_value.ts";

/** The newest `[tool.comfydock] version` that this comfydock writes and reads. */
export const MANIFEST_SCHEMA = "1.0.0";

/** What a `pyproject.toml` says about an environment. */
export interface Manifest {
  /** `[tool.comfydock] version`; that of the predecessor's file when `legacy` is set. */
  readonly schema: string;
  /** Set when the file is the Python predecessor's: the name of its table below `[tool]`. */
  readonly legacy?: "comfygit" | "comfydock";
  readonly project: ManifestProject;
  /** `[dependency-groups]` by name. */
  readonly groups: Readonly<Record<string, readonly GroupItem[]>>;
  readonly uv: UvSettings;
  readonly environment: EnvironmentFacts;
  /** `[tool.comfydock.nodes]` by id. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;
  /** `[tool.comfydock.models]` by key. */
  readonly models: Readonly<Record<string, ManifestModel>>;
  /** `[tool.comfydock.workflows.tracked]` by key. */
  readonly workflows: Readonly<Record<string, TrackedWorkflow>>;
  /** The whole file, unknown keys included. */
  readonly tables: TomlTable;
}

/** `[project]`. */
export interface ManifestProject {
  readonly name: string;
  readonly version?: string;
  readonly requiresPython?: string;
  /** PEP 508 requirements. */
  readonly dependencies: readonly string[];
}

/** An item of a dependency group (PEP 735): a requirement, or another group. */
export type GroupItem = string | { readonly includeGroup: string };

/** `[tool.uv]`, as far as comfydock uses it. */
export interface UvSettings {
  readonly constraints: readonly string[];
  readonly overrides: readonly string[];
  readonly indexes: readonly UvIndex[];
  /** `[tool.uv.sources]` by package; a single table is a list of one. */
  readonly sources: Readonly<Record<string, readonly TomlTable[]>>;
  /** PEP 508 markers of the platforms that the lock is made for; empty means all. */
  readonly environments: readonly string[];
  readonly requiredEnvironments: readonly string[];
}

/** One `[[tool.uv.index]]`. */
export interface UvIndex {
  readonly name?: string;
  /** An address, or a path of a directory. */
  readonly url: string;
  readonly explicit: boolean;
  readonly format?: string;
}

/** The plain fields of `[tool.comfydock]`. */
export interface EnvironmentFacts {
  /** A release, a branch or a commit, as it was asked for. */
  readonly comfyuiVersion?: string;
  readonly comfyuiRefType?: "release" | "branch" | "commit";
  /** The full SHA. */
  readonly comfyuiCommit?: string;
  readonly comfyuiRepository?: string;
  readonly pythonVersion?: string;
  /** `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`. */
  readonly torchBackend?: string;
}

/** Where a node pack comes from. */
export type NodeSource = "registry" | "git" | "local" | "development";

/** One `[tool.comfydock.nodes.<id>]`. */
export interface ManifestNode {
  readonly id: string;
  readonly name: string;
  readonly source: NodeSource;
  readonly registryId?: string;
  readonly version?: string;
  readonly repository?: string;
  /** The full SHA. */
  readonly commit?: string;
  /** The branch or tag that was asked for; `node update` follows it. */
  readonly ref?: string;
  /** Where in the repository the pack lies, with forward slashes. */
  readonly subdirectory?: string;
  readonly downloadUrl?: string;
  /** Of the archive that was installed, in hex. */
  readonly sha256?: string;
  /** Of the files that were installed, in hex. */
  readonly treeSha256?: string;
  readonly enabled: boolean;
  /** Below `custom_nodes`. */
  readonly directory?: string;
  /** The pack's own scripts that `--run-scripts` has run. */
  readonly runScripts?: readonly string[];
  /** While the pack is disabled: what its dependency group held. */
  readonly disabledRequirements?: readonly string[];
}

/** One `[tool.comfydock.models.<key>]`. */
export interface ManifestModel {
  readonly key: string;
  readonly name: string;
  /** With its kind, such as `blake3:…`. */
  readonly hash?: string;
  /** In hex. */
  readonly sha256?: string;
  /** In bytes. */
  readonly size?: number;
  readonly sources: readonly ModelSource[];
  readonly localPath?: string;
  readonly criticality: "required" | "optional";
  /** What people note about it. */
  readonly meta?: Readonly<Record<string, string>>;
}

/** Where a model can be had again. */
export type ModelSource =
  | {
    readonly type: "huggingface";
    readonly repo: string;
    readonly file: string;
    readonly revision?: string;
  }
  | { readonly type: "civitai"; readonly modelId?: string; readonly versionId: string }
  | { readonly type: "url"; readonly url: string }
  /** A kind that this version does not know; it is kept as it is. */
  | { readonly type: "unknown"; readonly fields: TomlTable };

/** One `[tool.comfydock.workflows.tracked.<key>]`. */
export interface TrackedWorkflow {
  readonly key: string;
  /** Below `.cec`, with forward slashes. */
  readonly file: string;
  readonly hash?: string;
  readonly version?: string;
  readonly description?: string;
  readonly requires: WorkflowRequirements;
}

/** What a workflow needs: node ids, model keys, Python requirements. */
export interface WorkflowRequirements {
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  readonly python: readonly string[];
}
