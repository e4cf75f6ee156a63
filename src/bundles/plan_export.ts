import { ComfydockError, parseToml } from "../base/mod.ts";
import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  type ManifestModel,
  type ManifestNode,
} from "../pyproject/mod.ts";
import { bundleErrors } from "./errors.ts";
import {
  isAbsolutePath,
  type PrivateFacts,
  refuseAbsolutePaths,
  refusePrivateText,
} from "./private_text.ts";
import { modelPlace, packedDirectory } from "./places.ts";
import type { BundleKind } from "./types.ts";
import type { Platform } from "./wheels/mod.ts";

/** Which files of an environment come along besides its own. */
export interface ExportChoice {
  /** `own`: packs in development and local ones, which cannot be had anywhere else. */
  readonly nodes: "none" | "own" | "all";
  readonly models: boolean;
  /** The platforms whose Python packages come along, with ComfyUI's commit; none for a bundle that needs a network. */
  readonly platforms?: readonly Platform[];
}

/** A file on disk. */
export interface SourceFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Absolute. */
  readonly place: string;
  readonly size: number;
  readonly executable: boolean;
}

/** What is known of an environment that is exported. */
export interface ExportFacts {
  /** Default an environment. */
  readonly kind?: BundleKind;
  readonly name: string;
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly lockText?: string;
  /** `.python-version`, `.comfydockignore` and workflows by their paths below `.cec`. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  /** The files of the packs that are asked for, by id. */
  readonly nodes: ReadonlyMap<string, readonly SourceFile[]>;
  /** The files of the models that are asked for, by key. */
  readonly models: ReadonlyMap<string, SourceFile>;
  /** Absent where an import may use the network. */
  readonly offline?: OfflineFacts;
  readonly private: PrivateFacts;
}

/** One file of a bundle that will be written. */
export interface PlannedFile {
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  /** The content, or where it is on disk. */
  readonly from: Uint8Array | string;
  /** What its SHA-256 has to be, where that is known. */
  readonly sha256?: string;
  /** The command that helps when it is something else. */
  readonly mend?: string;
}

/** All that an import without any network needs besides node packs. */
export interface OfflineFacts {
  /** ComfyUI's commit with its history, then wheels. */
  readonly files: readonly PlannedFile[];
  /** Names of the wheels that are fetched. */
  readonly wheels: readonly string[];
  /** Names of the packages whose wheels are built here, which runs code of theirs. */
  readonly builds: readonly string[];
}

/** What an export will write. */
export interface ExportPlan {
  readonly name: string;
  /** In the order of the archive. */
  readonly files: readonly PlannedFile[];
  /** Node packs and models that come along, by id and key. */
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  /** The wheels that come along, and the packages whose wheels are built for it, by name. */
  readonly wheels: readonly string[];
  readonly builds: readonly string[];
  /** What whoever imports it has to know: one sentence each, without a full stop. */
  readonly notes: readonly string[];
}

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

/** An error for what cannot be packed. */
export function incomplete(what: string, command: string): ComfydockError {
  return new ComfydockError(bundleErrors.BUNDLE_INCOMPLETE, `Cannot export: ${what}`, {
    hint: `Run ${command} first`,
  });
}

function sorted(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return [...files].sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
