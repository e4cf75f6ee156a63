import type { ComfyUISource } from "../comfyui/mod.ts";
import type { TakeoverFinding } from "../environment/takeover/mod.ts";
import type { ModelSource, NodeSource } from "../pyproject/mod.ts";
import type { ImportSizes, PackageDownloads, SourceBuild } from "./downloads/mod.ts";

/** What is known of the workspace when an import is planned. */
export interface ImportFacts {
  /** The names of the environments that exist. */
  readonly existing: readonly string[];
  /** SHA-256 of the trees of node packs that the workspace has already. */
  readonly stored: ReadonlySet<string>;
  /** Models that are in their places already, by key. */
  readonly present: ReadonlySet<string>;
  /** Where ComfyUI will come from. */
  readonly source: ComfyUISource;
  /** How large what is fetched is; absent where nobody asked. */
  readonly sizes?: ImportSizes;
}

/** A node pack, and where its files will come from. */
export interface PlannedNode {
  readonly id: string;
  readonly version?: string;
  readonly source: NodeSource;
  /** `nowhere`: a pack in development, or a local one, that did not come along. */
  readonly from: "bundle" | "workspace" | "download" | "nowhere";
  /** Address of a download. */
  readonly url?: string;
  /** Bytes of a download, where a server says them. */
  readonly size?: number;
}

/** A model, and where its file will come from. */
export interface PlannedModel {
  readonly key: string;
  /** In bytes. */
  readonly size?: number;
  /** `download`: not here, `comfydock model download` fetches it. */
  readonly from: "bundle" | "workspace" | "download" | "nowhere";
  readonly sources: readonly ModelSource[];
  readonly required: boolean;
}

/** What an import will do. */
export interface ImportPlan {
  readonly name: string;
  /** What is imported, as people named it. */
  readonly from: string;
  readonly comfyui: {
    readonly version: string;
    readonly commit: string;
    readonly source: string;
    /** `bundle`, `workspace`: no network is needed for it; how large a repository is nobody says. */
    readonly from: "bundle" | "workspace" | "repository";
  };
  readonly python?: string;
  /** How many packages the lock has; absent where there is no lock. */
  readonly packages?: number;
  /** Packages whose wheels come along. */
  readonly packed: number;
  /** What of the packages is fetched, and how large it is; absent without a lock, or where nobody asked. */
  readonly downloads?: PackageDownloads;
  /** Packages without wheels: building them runs code of theirs. */
  readonly builds: readonly SourceBuild[];
  /** Packages whose wheels whoever exported them built, so that no index vouches for them. */
  readonly built: readonly string[];
  readonly nodes: readonly PlannedNode[];
  readonly models: readonly PlannedModel[];
  /** Keys of the tracked workflows. */
  readonly workflows: readonly string[];
  /** What will not be as it was where this comes from: one sentence each, without a full stop. */
  readonly shortfalls: readonly string[];
  /** Of what another tool wrote: what came over, and how certain that is. */
  readonly findings: readonly TakeoverFinding[];
}
