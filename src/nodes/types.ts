import type { Clock, Reporter } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import type { LookupAnswer, MappedPackage } from "../mappings/mod.ts";
import type { NodeSource } from "../pyproject/mod.ts";
import type { Git } from "../tools/mod.ts";
import type { Checkpoints, WorkspaceLayout } from "../workspace/mod.ts";

/** How a person names a node pack. */
export type NodeReference =
  | { readonly kind: "registry"; readonly id: string; readonly version?: string }
  | {
    readonly kind: "git";
    /** As git takes it; `git@host:path` is kept as it is. */
    readonly url: string;
    /** Branch, tag or commit. */
    readonly ref?: string;
    /** Where in the repository the pack lies, with forward slashes. */
    readonly subdirectory?: string;
  }
  | { readonly kind: "path"; readonly path: string };

/** What exactly is to be installed: a reference, resolved. */
export type NodeTarget =
  | {
    readonly source: "registry";
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly downloadUrl: string;
    /** Canonical repository, when the registry names one. */
    readonly repository?: string;
    /** Requirements as the registry lists them: the fallback for a pack without files of its own. */
    readonly listedRequirements: readonly string[];
    /** Expected digest of the archive in hex, when it was locked before. */
    readonly archiveSha256?: string;
    readonly treeSha256?: string;
  }
  | {
    readonly source: "git";
    readonly id: string;
    readonly name: string;
    readonly registryId?: string;
    readonly url: string;
    /** The full SHA. */
    readonly commit: string;
    /** Branch or tag that was asked for. */
    readonly ref?: string;
    readonly subdirectory?: string;
    readonly treeSha256?: string;
  }
  | {
    readonly source: "local" | "development";
    readonly id: string;
    readonly name: string;
    /** Absolute; absent when only the store can give it. */
    readonly path?: string;
    /** Of a development pack: where its own repository fetches from. */
    readonly repository?: string;
    /** Of a development pack: where its HEAD stood. */
    readonly commit?: string;
    readonly treeSha256?: string;
  };

/** A node pack whose files are at hand, checked. */
export interface ObtainedNode {
  readonly target: NodeTarget;
  /** Absolute path of a tree that may be read, never written: a store entry, or the development directory itself. */
  readonly tree: string;
  /** SHA-256 over the tree, see `hashTree`; absent for development packs. */
  readonly treeSha256?: string;
  /** SHA-256 of the archive in hex, for registry packs. */
  readonly archiveSha256?: string;
  /** The directory below `custom_nodes` that Manager would give it. */
  readonly directory: string;
  /** Whether no byte was fetched for it. */
  readonly fromStore: boolean;
}

/** What getting node packs needs of the world. */
export interface NodeWorld {
  readonly workspace: WorkspaceLayout;
  readonly git: Git;
  /** Opens the client when it is first needed. */
  http(): Promise<HttpClient>;
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  readonly offline: boolean;
  /** Told where the work stands. */
  readonly checkpoints?: Checkpoints;
}

/** A directory below `custom_nodes`, or below `custom_nodes/.disabled`, and what is known of it. */
export interface NodeDirectory {
  /** Name of the directory. */
  readonly directory: string;
  readonly path: string;
  readonly enabled: boolean;
  readonly source: NodeSource | "unknown";
  /** From `[project] name` of its `pyproject.toml` together with `[tool.comfy]` or `.tracking` (registry), as Manager does. */
  readonly registryId?: string;
  readonly version?: string;
  readonly repository?: string;
  readonly commit?: string;
  /** Whether git sees changes; `undefined` when it is no repository. */
  readonly dirty?: boolean;
  /** Whether it is a link that leads elsewhere. */
  readonly linked: boolean;
  /** Whether it is a single `.py` file, which ComfyUI loads as well. */
  readonly singleFile: boolean;
}

/** One answer of `node find`. */
export interface FoundPackage {
  readonly id: string;
  readonly package: MappedPackage;
  /** Newest live version. */
  readonly version?: string;
  readonly score: number;
  /** What matched, such as `name`, `tag`, `class KSampler`. */
  readonly matched: string;
}

/** The node index of a workspace. */
export interface NodeIndex {
  /** When the data was made, RFC 3339 UTC. */
  readonly generatedAt: string;
  /** `starter`, or where the published data came from. */
  readonly origin: string;
  readonly packages: number;
  /** The package of an id. */
  packageOf(id: string): MappedPackage | undefined;
  /** The package whose repository this is, compared in canonical form. */
  packageOfRepository(
    url: string,
  ): { readonly id: string; readonly package: MappedPackage } | undefined;
  /** Packages that fit a query, best first. */
  find(query: string, options?: FindOptions): readonly FoundPackage[];
  /** Class names of a package, in the version if that is known apart. */
  classesOf(id: string, version?: string): readonly string[];
  /** The packages that provide a node class, best first. */
  lookup(nodeType: string, signature?: string): readonly LookupAnswer[];
  /** Lets go of the files. */
  close(): void;
}

/** How many answers, and what is preferred among equals. */
export interface FindOptions {
  readonly limit?: number;
  /** Ids that are installed. */
  readonly installed?: ReadonlySet<string>;
}

/** One requirement of a pack, and where it says so. */
export interface PackRequirement {
  /** PEP 508. */
  readonly requirement: string;
  /** Relative to the pack, with forward slashes, or `registry`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** What a pack asks of Python. */
export interface PackRequirements {
  readonly requirements: readonly PackRequirement[];
  /** From `-c` files. */
  readonly constraints: readonly PackRequirement[];
  /** `--index-url`, `--extra-index-url`, `--find-links`: for the user to decide about, and for `[[tool.uv.index]]`. */
  readonly indexes: readonly {
    readonly kind: "index" | "extra-index" | "find-links";
    readonly url: string;
    readonly file: string;
    readonly line: number;
  }[];
  /** What cannot go into a project and is told: editable installs, unreadable lines, unknown options. */
  readonly findings: readonly RequirementFinding[];
  /** Scripts that the pack's own installer would run, such as `install.py`, relative to the pack. */
  readonly scripts: readonly string[];
}

/** A line of a requirements file that was not taken as it is, and what was done instead. */
export interface RequirementFinding {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line?: number;
}
