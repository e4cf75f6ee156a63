import { ComfydockError } from "../base/mod.ts";
import type { ManifestModel, ManifestNode } from "../pyproject/mod.ts";
import { checkNewEnvironmentName } from "../workspace/mod.ts";
import { bundleErrors } from "./errors.ts";
import { invalidBundle } from "./faults.ts";
import type { ImportFacts, ImportPlan, PlannedModel, PlannedNode } from "./import_types.ts";
import { findBuilds, type ImportSizes, packedNames } from "./downloads/mod.ts";
import type { BundleContent } from "./types.ts";
import { tellLocal } from "./local_packages.ts";
import { findPlatform, readLockedPackages } from "./wheels/mod.ts";

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
      ...tellLocal(lockText, `${named}: uv.lock`),
      ...tellOutOfReach(facts.sizes),
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

function tellOutOfReach(sizes: ImportSizes | undefined): readonly string[] {
  const count = sizes?.outOfReach ?? 0;
  return count === 0
    ? []
    : [`Of the Python packages ${count} are not here, and the network is switched off`];
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
