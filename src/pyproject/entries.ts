import type { ManifestEdit } from "./edit_manifest.ts";
import type {
  EnvironmentFacts,
  ManifestModel,
  ManifestNode,
  ModelSource,
  TrackedWorkflow,
} from "./manifest.ts";
import { tableAt, withAt, withoutAt } from "./tables.ts";
import type { TomlTable } from "./toml_value.ts";

const OWN = ["tool", "comfydock"];

/** Writes the plain fields of `[tool.comfydock]` that are given; the others stay. */
export function setEnvironmentFacts(facts: EnvironmentFacts): ManifestEdit {
  return (tables) => {
    const given = Object.entries(factFields(facts)).filter(([, value]) => value !== undefined);
    return given.reduce((result, [key, value]) => withAt(result, [...OWN, key], value), tables);
  };
}

function factFields(facts: EnvironmentFacts): TomlTable {
  return {
    comfyui_version: facts.comfyuiVersion,
    comfyui_ref_type: facts.comfyuiRefType,
    comfyui_commit: facts.comfyuiCommit,
    comfyui_repository: facts.comfyuiRepository,
    python_version: facts.pythonVersion,
    torch_backend: facts.torchBackend,
  };
}

/** Writes a node; fields that comfydock does not know stay. */
export function setNode(node: ManifestNode): ManifestEdit {
  return put([...OWN, "nodes", node.id], {
    name: node.name,
    registry_id: node.registryId,
    version: node.version,
    repository: node.repository,
    commit: node.commit,
    ref: node.ref,
    subdirectory: node.subdirectory,
    download_url: node.downloadUrl,
    sha256: node.sha256,
    tree_sha256: node.treeSha256,
    source: node.source,
    // Absence stands for true.
    enabled: node.enabled ? undefined : false,
    directory: node.directory,
    run_scripts: listOrNothing(node.runScripts),
    disabled_requirements: listOrNothing(node.disabledRequirements),
  });
}

function listOrNothing(items: readonly string[] = []): TomlTable[string] {
  return items.length === 0 ? undefined : [...items];
}

/** Removes a node, but not its dependency group. */
export function removeNode(id: string): ManifestEdit {
  return (tables) => withoutAt(tables, [...OWN, "nodes", id]);
}

/** Writes a model; fields that comfydock does not know stay. */
export function setModel(model: ManifestModel): ManifestEdit {
  return put([...OWN, "models", model.key], {
    name: model.name,
    hash: model.hash,
    sha256: model.sha256,
    size: model.size,
    sources: model.sources.map(sourceFields),
    local_path: model.localPath,
    criticality: model.criticality,
    meta: Object.keys(model.meta ?? {}).length === 0 ? undefined : model.meta,
  });
}

function sourceFields(source: ModelSource): TomlTable {
  if (source.type === "unknown") return source.fields;
  if (source.type === "url") return { type: source.type, url: source.url };
  if (source.type === "civitai") {
    return { type: source.type, model_id: source.modelId, version_id: source.versionId };
  }
  return { type: source.type, repo: source.repo, file: source.file, revision: source.revision };
}

/** Removes a model. */
export function removeModel(key: string): ManifestEdit {
  return (tables) => withoutAt(tables, [...OWN, "models", key]);
}

/** Writes a tracked workflow; an empty list of `requires` is left out. */
export function setTrackedWorkflow(workflow: TrackedWorkflow): ManifestEdit {
  const lists = Object.entries(workflow.requires).filter(([, items]) => items.length > 0);
  return put([...OWN, "workflows", "tracked", workflow.key], {
    file: workflow.file,
    hash: workflow.hash,
    version: workflow.version,
    description: workflow.description,
    requires: lists.length === 0 ? undefined : Object.fromEntries(lists),
  });
}

/** Removes a tracked workflow. */
export function untrackWorkflow(key: string): ManifestEdit {
  return (tables) => withoutAt(tables, [...OWN, "workflows", "tracked", key]);
}

/**
 * Notes which pack provides a class of nodes, in `[tool.comfydock.resolution.nodes]`.
 *
 * @param pack An id or an address; `false` for a class that workflows can do without.
 */
export function setNodeChoice(nodeType: string, pack: string | false): ManifestEdit {
  return (tables) => withAt(tables, [...OWN, "resolution", "nodes", nodeType], pack);
}

/**
 * Notes whether workflows can do without a model, in `[tool.comfydock.resolution.models]`.
 *
 * @param name As a widget has it, or its file name.
 * @param without `true` notes it; `false` takes such a note back.
 */
export function setModelChoice(name: string, without: boolean): ManifestEdit {
  const path = [...OWN, "resolution", "models", name];
  return (tables) => without ? withAt(tables, path, false) : withoutAt(tables, path);
}

function put(path: readonly string[], fields: TomlTable): ManifestEdit {
  return (tables) => withAt(tables, path, { ...tableAt(tables, path), ...fields });
}
