import { ComfydockError } from "../base/mod.ts";
import type { ComfyUISource } from "../comfyui/mod.ts";
import type { TakeoverFinding } from "../environment/takeover/mod.ts";
import type { ManifestModel, ManifestNode, ModelSource, NodeSource } from "../pyproject/mod.ts";
import { checkNewEnvironmentName } from "../workspace/mod.ts";
import { bundleErrors } from "./errors.ts";
import { invalidBundle } from "./faults.ts";
import {
  findBuilds,
  type ImportSizes,
  type PackageDownloads,
  packedNames,
  type SourceBuild,
} from "./downloads/mod.ts";
import type { BundleContent } from "./types.ts";
import { findPlatform, readLockedPackages } from "./wheels/mod.ts";

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

/**
 * Decides what an import will do; nothing is read or changed.
 *
 * @param named What is imported, as people named it.
 * @param name Of the new environment; default what the bundle says.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`, `BUNDLE_INVALID`
 */
export function planImport(
  content: BundleContent,
  named: string,
  name: string | undefined,
  facts: ImportFacts,
): ImportPlan {
  const { manifest, index, lockText } = content;
  const { environment, project } = manifest;
  if (index?.kind === "workflow") {
    throw new ComfydockError(
      bundleErrors.BUNDLE_SOURCE_INVALID,
      `Cannot make an environment from "${named}": it holds one workflow`,
      { hint: `Run comfydock workflow import ${named}` },
    );
  }
  const chosen = name ?? index?.name ?? project.name;
  checkNewEnvironmentName(chosen, facts.existing);
  const commit = environment.comfyuiCommit;
  if (commit === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    throw invalidBundle(named, "its pyproject.toml does not say which commit of ComfyUI it has");
  }
  const python = environment.pythonVersion;
  if (python !== undefined && !/^3\.\d{1,2}(?:\.\d{1,3})?$/.test(python)) {
    throw invalidBundle(named, `its Python ${JSON.stringify(python.slice(0, 80))} is no version`);
  }
  const findings = content.foreign?.findings ?? [];
  const nodes = Object.values(manifest.nodes).map((node) => planNode(content, node, facts));
  const models = Object.values(manifest.models).map((model) => planModel(content, model, facts));
  return {
    name: chosen,
    from: named,
    comfyui: {
      version: environment.comfyuiVersion ?? commit,
      commit,
      source: facts.source.publicUrl,
      from: content.comfyui ? "bundle" : facts.sizes?.hasComfyUI ? "workspace" : "repository",
    },
    python,
    ...planPackages(content, named, facts),
    nodes,
    models,
    workflows: Object.keys(manifest.workflows).sort(),
    shortfalls: [
      ...lockText === undefined ? ["There is no uv.lock, so packages are resolved anew"] : [],
      ...nodes.flatMap(({ id, from, source }) => {
        if (from === "nowhere") return [`The ${source} node pack ${id} did not come along`];
        const known = manifest.nodes[id]?.treeSha256 !== undefined || source === "development";
        return known ? [] : [`The manifest does not say which files the node pack ${id} has`];
      }),
      ...models.filter(({ from, required }) => from === "nowhere" && required)
        .map(({ key }) => `Nothing says where the model ${key} can be had`),
      ...findings.filter(({ certainty }) => certainty !== "exact")
        .map(({ subject, message }) => `${subject}: ${message}`),
    ],
    findings,
  };
}

function planNode(
  { nodes }: BundleContent,
  node: ManifestNode,
  { stored, sizes }: ImportFacts,
): PlannedNode {
  const { id, version, commit, source, treeSha256, repository, downloadUrl } = node;
  const shared = { id, version: version ?? commit, source };
  if (nodes.has(id)) return { ...shared, from: "bundle" };
  if (treeSha256 !== undefined && stored.has(treeSha256)) return { ...shared, from: "workspace" };
  if (source === "development" || source === "local") return { ...shared, from: "nowhere" };
  const url = source === "git" ? repository : downloadUrl;
  return { ...shared, from: "download", url, size: sizes?.nodes.get(id) };
}

function planModel(
  content: BundleContent,
  { key, size, sources, criticality }: ManifestModel,
  { present }: ImportFacts,
): PlannedModel {
  const from = present.has(key)
    ? "workspace"
    : content.models.has(key)
    ? "bundle"
    : sources.length > 0
    ? "download"
    : "nowhere";
  return { key, size, from, sources, required: criticality === "required" };
}

function planPackages(
  content: BundleContent,
  named: string,
  { sizes }: ImportFacts,
): Pick<ImportPlan, "packages" | "packed" | "downloads" | "builds" | "built"> {
  const { lockText, wheels, manifest } = content;
  if (lockText === undefined) return { packed: 0, builds: [], built: [] };
  const packages = readLockedPackages(lockText, `${named}: uv.lock`);
  const along = packedNames(content);
  const { pythonVersion: python } = manifest.environment;
  return {
    packages: packages.length,
    packed: along.size,
    downloads: sizes?.packages,
    builds: sizes?.builds ?? findBuilds(packages, { platform: findPlatform(), python, along }),
    built: wheels?.built ?? [],
  };
}
