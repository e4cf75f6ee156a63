import { parseToml } from "../base/mod.ts";
import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  type ManifestModel,
  type ManifestNode,
} from "../pyproject/mod.ts";
import type { ExportChoice, ExportFacts, ExportPlan, PlannedFile } from "./export_types.ts";
import { incomplete } from "./faults.ts";
import { tellLocal } from "./local_packages.ts";
import { isAbsolutePath, refuseAbsolutePaths, refusePrivateText } from "./private_text.ts";
import { modelPlace, packedDirectory } from "./places.ts";

const VERIFY = "comfydock model verify --full";

/** Which packs of a manifest are asked for. */
export function chosenNodes(
  { nodes }: Pick<Manifest, "nodes">,
  choice: ExportChoice["nodes"],
): readonly ManifestNode[] {
  const all = Object.values(nodes);
  if (choice === "all") return all;
  return choice === "none" ? [] : all.filter(isOwn);
}

function isOwn({ source }: ManifestNode): boolean {
  return source === "development" || source === "local";
}

/**
 * Decides what a bundle will hold; nothing is read or written.
 *
 * @throws `BUNDLE_PRIVATE`, `BUNDLE_INCOMPLETE`
 */
export function planExport(facts: ExportFacts, choice: ExportChoice): ExportPlan {
  const { name, manifest, lockText } = facts;
  const notes: string[] = [];
  const manifestText = publicManifest(facts, notes);
  const texts = new Map<string, Uint8Array>([
    ...facts.texts,
    ["pyproject.toml", new TextEncoder().encode(manifestText)],
    ...lockText === undefined ? [] : [["uv.lock", new TextEncoder().encode(lockText)] as const],
  ]);
  if (lockText === undefined && facts.kind !== "workflow") {
    notes.push("There is no uv.lock, so packages may differ");
  }
  notes.push(...tellLocal(lockText, "uv.lock"));
  if (lockText !== undefined) refuseAbsolutePaths("uv.lock", parseToml(lockText, "uv.lock"));
  for (const [path, bytes] of texts) {
    refusePrivateText(path, new TextDecoder().decode(bytes), facts.private);
  }
  const nodes = chosenNodes(manifest, choice.nodes);
  for (const { id, source } of Object.values(manifest.nodes).filter(isOwn)) {
    if (nodes.some((node) => node.id === id)) continue;
    notes.push(`The ${source} node pack ${id} does not come along; --with-nodes packs it`);
  }
  const models = choice.models ? Object.values(manifest.models) : [];
  return {
    name,
    files: [
      ...sorted([...texts].map(([path, from]) => ({
        path,
        size: from.length,
        executable: false,
        from,
      }))),
      ...sorted(nodes.flatMap((node) => nodeFiles(facts, node))),
      ...facts.offline?.files ?? [],
      ...sorted(models.map((model) => modelFile(facts, model))),
    ],
    nodes: nodes.map(({ id }) => id).sort(),
    models: models.map(({ key }) => key).sort(),
    wheels: facts.offline?.wheels ?? [],
    builds: facts.offline?.builds ?? [],
    notes,
  };
}

function publicManifest({ manifestText, manifest }: ExportFacts, notes: string[]): string {
  const { comfyuiRepository } = manifest.environment;
  const edits: ManifestEdit[] = [];
  if (comfyuiRepository !== undefined && isAbsolutePath(comfyuiRepository)) {
    edits.push(withoutRepository);
    notes.push(
      "ComfyUI came from a directory of this machine; import takes it from ComfyUI's own repository, " +
        "or from --comfyui-source",
    );
  }
  const text = editManifest(manifestText, edits, "pyproject.toml");
  refuseAbsolutePaths("pyproject.toml", parseToml(text, "pyproject.toml"));
  return text;
}

const withoutRepository: ManifestEdit = (tables) => {
  const tool = tables.tool as typeof tables;
  const own = tool.comfydock as typeof tables;
  return { ...tables, tool: { ...tool, comfydock: { ...own, comfyui_repository: undefined } } };
};

function nodeFiles({ nodes }: ExportFacts, node: ManifestNode): readonly PlannedFile[] {
  const files = nodes.get(node.id);
  if (!files) {
    throw incomplete(`the node pack ${node.id} is missing`, "comfydock repair");
  }
  return files.map(({ path, place, size, executable }) => ({
    path: `nodes/${packedDirectory(node)}/${path}`,
    size,
    executable,
    from: place,
  }));
}

function modelFile({ models }: ExportFacts, model: ManifestModel): PlannedFile {
  const { key, localPath, size, sha256 } = model;
  const file = models.get(key);
  if (!file || localPath === undefined) {
    throw incomplete(`the model ${key} is missing`, "comfydock model download");
  }
  if (size !== undefined && size !== file.size) {
    throw incomplete(`the model ${key} is not as the manifest says`, "comfydock model verify");
  }
  const path = `models/${modelPlace(localPath)}`;
  return { path, size: file.size, executable: false, from: file.place, sha256, mend: VERIFY };
}

function sorted(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return [...files].sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
