import { invalidData, readText } from "../base/mod.ts";
import { type FieldReader, readTable } from "./fields.ts";
import type {
  EnvironmentFacts,
  GroupItem,
  ManifestModel,
  ManifestNode,
  ManifestProject,
  ModelSource,
  TrackedWorkflow,
  UvIndex,
  UvSettings,
} from "./manifest.ts";
import { isTable, type TomlTable } from "./toml_value.ts";

/** Reads `[project]`. */
export function readProject(fields: FieldReader): ManifestProject {
  return {
    name: fields.text("name"),
    version: fields.optionalText("version"),
    requiresPython: fields.optionalText("requires-python"),
    dependencies: fields.texts("dependencies"),
  };
}

/** Reads `[dependency-groups]`. */
export function readGroups(fields: FieldReader): Record<string, readonly GroupItem[]> {
  const groups: Record<string, readonly GroupItem[]> = Object.create(null);
  for (const name of fields.keys()) {
    const path = fields.pathOf(name);
    groups[name] = fields.list(name).map((item, at) =>
      isTable(item)
        ? { includeGroup: readTable(item, `${path}[${at}]`).text("include-group") }
        : readText(item, `${path}[${at}]`)
    );
  }
  return groups;
}

/** Reads `[tool.uv]`. */
export function readUv(fields: FieldReader): UvSettings {
  const sourceFields = fields.below("sources");
  const sources: Record<string, readonly TomlTable[]> = Object.create(null);
  for (const name of sourceFields.keys()) sources[name] = readSources(sourceFields, name);
  return {
    constraints: fields.texts("constraint-dependencies"),
    overrides: fields.texts("override-dependencies"),
    indexes: fields.list("index").map((item, at) =>
      readIndex(readTable(item, `${fields.pathOf("index")}[${at}]`))
    ),
    sources,
    environments: readMarkers(fields, "environments"),
    requiredEnvironments: readMarkers(fields, "required-environments"),
  };
}

function readSources(fields: FieldReader, name: string): readonly TomlTable[] {
  const value = fields.get(name);
  if (isTable(value)) return [value];
  return fields.list(name).map((item, at) =>
    readTable(item, `${fields.pathOf(name)}[${at}]`).table
  );
}

// uv takes one marker as a text as well.
function readMarkers(fields: FieldReader, name: string): readonly string[] {
  const value = fields.get(name);
  return typeof value === "string" ? [fields.text(name)] : fields.texts(name);
}

function readIndex(fields: FieldReader): UvIndex {
  return {
    name: fields.optionalText("name"),
    url: fields.text("url"),
    explicit: fields.flag("explicit", false),
    format: fields.optionalText("format"),
  };
}

/** Reads the plain fields of `[tool.comfydock]`. */
export function readEnvironmentFacts(fields: FieldReader): EnvironmentFacts {
  return {
    comfyuiVersion: fields.optionalText("comfyui_version"),
    comfyuiRefType: fields.choice("comfyui_ref_type", ["release", "branch", "commit"]),
    comfyuiCommit: fields.optionalText("comfyui_commit"),
    comfyuiRepository: fields.optionalText("comfyui_repository"),
    pythonVersion: fields.optionalText("python_version"),
    torchBackend: fields.optionalText("torch_backend"),
  };
}

/** Reads one `[tool.comfydock.nodes.<id>]`. */
export function readNode(fields: FieldReader, id: string): ManifestNode {
  const sources = ["registry", "git", "local", "development"] as const;
  return {
    id,
    name: fields.optionalText("name") ?? id,
    source: fields.choice("source", sources) ?? "registry",
    registryId: fields.optionalText("registry_id"),
    version: fields.optionalText("version"),
    repository: fields.optionalText("repository"),
    commit: fields.optionalText("commit"),
    ref: fields.optionalText("ref"),
    subdirectory: fields.optionalText("subdirectory"),
    downloadUrl: fields.optionalText("download_url"),
    sha256: fields.optionalText("sha256"),
    treeSha256: fields.optionalText("tree_sha256"),
    enabled: fields.flag("enabled", true),
    directory: fields.optionalText("directory"),
    runScripts: textsOrNothing(fields, "run_scripts"),
    disabledRequirements: textsOrNothing(fields, "disabled_requirements"),
  };
}

function textsOrNothing(fields: FieldReader, name: string): readonly string[] | undefined {
  return fields.get(name) === undefined ? undefined : fields.texts(name);
}

/** Reads one `[tool.comfydock.models.<key>]`. */
export function readModel(fields: FieldReader, key: string): ManifestModel {
  const path = fields.pathOf("sources");
  return {
    key,
    name: fields.optionalText("name") ?? key,
    hash: fields.optionalText("hash"),
    sha256: fields.optionalText("sha256"),
    size: fields.count("size"),
    sources: fields.list("sources").map((item, at) =>
      readModelSource(readTable(item, `${path}[${at}]`))
    ),
    localPath: fields.optionalText("local_path"),
    criticality: fields.choice("criticality", ["required", "optional"]) ?? "required",
    meta: readMeta(fields.below("meta")),
  };
}

function readMeta(fields: FieldReader): Readonly<Record<string, string>> | undefined {
  const keys = fields.keys();
  if (keys.length === 0) return undefined;
  return Object.fromEntries(keys.map((key) => [key, fields.text(key)]));
}

function readModelSource(fields: FieldReader): ModelSource {
  const type = fields.text("type");
  if (type === "url") return { type, url: fields.text("url") };
  if (type === "huggingface") {
    const revision = fields.optionalText("revision");
    return { type, repo: fields.text("repo"), file: fields.text("file"), revision };
  }
  if (type === "civitai") {
    const versionId = fields.identifier("version_id");
    if (versionId === undefined) {
      throw invalidData(fields.pathOf("version_id"), "a text", undefined);
    }
    return { type, modelId: fields.identifier("model_id"), versionId };
  }
  return { type: "unknown", fields: fields.table };
}

/** Reads one `[tool.comfydock.workflows.tracked.<key>]`; `requires` may be a sub-table or an inline table. */
export function readWorkflow(fields: FieldReader, key: string): TrackedWorkflow {
  const requires = fields.below("requires");
  return {
    key,
    file: fields.text("file"),
    hash: fields.optionalText("hash"),
    version: fields.optionalText("version"),
    description: fields.optionalText("description"),
    requires: {
      nodes: requires.texts("nodes"),
      models: requires.texts("models"),
      python: requires.texts("python"),
    },
  };
}
