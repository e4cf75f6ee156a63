import type { FieldReader } from "./fields.ts";
import { readTable } from "./fields.ts";
import type {
  EnvironmentFacts,
  Manifest,
  ManifestModel,
  ManifestNode,
  TrackedWorkflow,
} from "./manifest.ts";
import { isTable, type TomlTable } from "./toml_value.ts";

/** The part of a manifest that the Python predecessor kept below `[tool.comfygit]` or `[tool.comfydock]`. */
export type LegacyPart = Pick<Manifest, "environment" | "nodes" | "models" | "workflows">;

/** The newest `schema_version` that the predecessor wrote and comfydock reads. */
export const LEGACY_SCHEMA = 2;

/**
 * Tells which of the predecessor's tables a file has.
 *
 * Its early versions used the name `comfydock` too, with fields that ours does not have.
 */
export function legacyTable(tool: TomlTable): "comfygit" | "comfydock" | undefined {
  const own = tool.comfydock;
  if (isTable(own) && own.version !== undefined) return undefined;
  if (isTable(tool.comfygit)) return "comfygit";
  const marks = ["schema_version", "comfyui_version_type", "comfyui_commit_sha", "manifest_state"];
  return isTable(own) && marks.some((mark) => own[mark] !== undefined) ? "comfydock" : undefined;
}

/** Reads the predecessor's table, schema 1 or 2. */
export function readLegacy(fields: FieldReader): LegacyPart {
  const criticalities = readCriticalities(fields);
  return {
    environment: readFacts(fields),
    nodes: fields.below("nodes").each(readLegacyNode),
    models: readLegacyModels(fields.below("models"), criticalities),
    workflows: readLegacyWorkflows(fields.below("workflows")),
  };
}

function readFacts(fields: FieldReader): EnvironmentFacts {
  return {
    comfyuiVersion: fields.optionalText("comfyui_version"),
    comfyuiRefType: fields.choice("comfyui_version_type", ["release", "branch", "commit"]),
    comfyuiCommit: fields.optionalText("comfyui_commit_sha"),
    pythonVersion: fields.optionalText("python_version"),
    torchBackend: fields.optionalText("torch_backend"),
  };
}

function readLegacyNode(fields: FieldReader, id: string): ManifestNode {
  const source = fields.choice("source", ["registry", "git", "development", "local", "url"]);
  const version = fields.optionalText("version");
  const isCommit = version !== undefined && /^[0-9a-f]{40}$/.test(version);
  const name = fields.optionalText("name") ?? id;
  return {
    id,
    name,
    source: source === "url" ? "registry" : source ?? "registry",
    registryId: fields.optionalText("registry_id"),
    version: isCommit || version === "dev" ? undefined : version,
    repository: fields.optionalText("repository"),
    commit: fields.optionalText("pinned_commit") ?? (isCommit ? version : undefined),
    downloadUrl: fields.optionalText("download_url"),
    enabled: true,
    directory: name,
  };
}

// Schema 1 parted models into `required` and `optional`; schema 2 lists them by hash.
function readLegacyModels(
  fields: FieldReader,
  criticalities: ReadonlyMap<string, "required" | "optional">,
): Record<string, ManifestModel> {
  const models: Record<string, ManifestModel> = Object.create(null);
  const read = (from: FieldReader, given?: "required" | "optional") => {
    for (const key of from.keys()) {
      models[key] = readLegacyModel(
        from.below(key),
        key,
        given ?? criticalities.get(key) ?? "required",
      );
    }
  };
  const isParted = ["required", "optional"].some((part) => {
    const value = fields.get(part);
    return isTable(value) && Object.values(value).every(isTable);
  });
  if (isParted) {
    read(fields.below("required"), "required");
    read(fields.below("optional"), "optional");
  } else read(fields);
  return models;
}

function readLegacyModel(
  fields: FieldReader,
  key: string,
  criticality: "required" | "optional",
): ManifestModel {
  const blake3 = fields.optionalText("blake3") ?? fields.optionalText("blake3_hash");
  return {
    key,
    name: fields.optionalText("filename") ?? key,
    hash: blake3 === undefined ? undefined : `blake3:${blake3}`,
    sha256: fields.optionalText("sha256") ?? fields.optionalText("sha256_hash"),
    size: fields.count("size"),
    sources: fields.texts("sources").map((url) => ({ type: "url", url })),
    localPath: fields.optionalText("relative_path"),
    criticality,
  };
}

function readLegacyWorkflows(fields: FieldReader): Record<string, TrackedWorkflow> {
  const tracked = fields.get("tracked");
  const from = isTable(tracked) && Object.values(tracked).every(isTable)
    ? fields.below("tracked")
    : fields;
  return from.each((workflow, key) => ({
    key,
    file: workflow.optionalText("path") ?? workflow.optionalText("file") ??
      `workflows/${key}.json`,
    requires: {
      nodes: workflow.texts("nodes"),
      models: modelsOf(workflow).flatMap((model) => model.optionalText("hash") ?? []),
      python: [],
    },
  }));
}

function readCriticalities(fields: FieldReader): Map<string, "required" | "optional"> {
  const found = new Map<string, "required" | "optional">();
  const workflows = fields.below("workflows");
  for (const key of workflows.keys()) {
    for (const model of modelsOf(workflows.below(key))) {
      const hash = model.optionalText("hash");
      if (hash === undefined || found.get(hash) === "required") continue;
      found.set(hash, model.optionalText("criticality") === "required" ? "required" : "optional");
    }
  }
  return found;
}

// Schema 1 held a table of another shape here, of which nothing is needed.
function modelsOf(workflow: FieldReader): FieldReader[] {
  const models = workflow.get("models");
  if (!Array.isArray(models)) return [];
  return workflow.list("models").map((item, at) =>
    readTable(item, `${workflow.pathOf("models")}[${at}]`)
  );
}
