import { createHash } from "node:crypto";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { PlannedFile } from "../export_types.ts";
import { renderCompose } from "./compose.ts";
import { renderDockerfile } from "./dockerfile.ts";
import { type LockLayer, lockLayer } from "./lock_layer.ts";
import { renderModels } from "./models.ts";
import { containerNodes, type NodeWay, wayOf } from "./node_steps.ts";
import { containerSteps } from "./steps.ts";
import type { ContainerFacts, ContainerPlan } from "./types.ts";

/** Where in an image everything lies. */
export const CONTAINER_ROOT = "/opt/comfydock";
/** The list of what was written, by which a later export knows its own files. */
export const LIST_NAME = "container.json";

const PYTORCH = /^(?:torch|torchvision|torchaudio)$/;

/**
 * Decides which files make a container of an environment; nothing is read or written.
 *
 * @param facts What is known of the environment.
 * @param packed The files of the environment and of the node packs that come along, by their paths in a bundle.
 * @param scripts `start.py`, `health.py` and `unpack.py`.
 * @throws `CONTAINER_INCOMPLETE`
 */
export function planContainer(
  facts: ContainerFacts,
  packed: readonly PlannedFile[],
  scripts: ReadonlyMap<string, Uint8Array>,
): ContainerPlan {
  const { name, base, manifest, lockText, root, models } = facts;
  const torch = lockLayer(lockText, manifest.project, (each) => PYTORCH.test(each));
  const comfyui = lockLayer(lockText, manifest.project, () => true);
  const steps = containerSteps(facts, { torch: !!torch, comfyui: !!comfyui });
  const nodes = containerNodes(manifest);
  const ids = (way: "packed" | "fetched") =>
    nodes.filter((node) => {
      const found = wayOf(node, facts.packed);
      return way === "packed" ? found === way : found === "archive" || found === "git";
    }).map(({ id }) => id);
  const files = [
    ...packed,
    ...layerFiles("torch", torch),
    ...layerFiles("comfyui", comfyui),
    ...[...scripts].map(([path, bytes]) => fileOf(path, bytes)),
    textFile("models.json", renderModels(models)),
    textFile("Dockerfile", renderDockerfile(steps, head(facts))),
    textFile("compose.yaml", renderCompose({ name, gpu: base.gpu, root })),
  ];
  const all = sorted([...files, textFile(".dockerignore", ignoreLines(files))]);
  return {
    name,
    base,
    steps,
    files: all,
    packed: ids("packed"),
    fetched: ids("fetched"),
    models: models.map(({ key }) => key),
    notes: notesOf(facts),
  };
}

function layerFiles(name: string, layer: LockLayer | undefined): readonly PlannedFile[] {
  if (layer === undefined) return [];
  return [
    textFile(`layers/${name}/pyproject.toml`, layer.manifestText),
    textFile(`layers/${name}/uv.lock`, layer.lockText),
  ];
}

function textFile(path: string, text: string): PlannedFile {
  return fileOf(path, new TextEncoder().encode(text));
}

function fileOf(path: string, bytes: Uint8Array): PlannedFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { path, size: bytes.length, executable: false, from: bytes, sha256 };
}

function head({ name }: ContainerFacts): readonly string[] {
  return [
    `ComfyUI with the environment "${name}", as comfydock has locked it.`,
    "",
    "Build and run:   docker compose up --build --detach",
    "With models:     MODELS_DIR=/path/to/models docker compose up --detach",
    "Fetch models:    FETCH_MODELS=1 HF_TOKEN_FILE=token.txt docker compose up --detach",
    "Private sources: docker build --secret id=git_credentials,src=$HOME/.git-credentials \\",
    "                              --secret id=netrc,src=$HOME/.netrc .",
  ];
}

// All but what is named stays out, so that no secret that lies beside it gets in.
function ignoreLines(files: readonly PlannedFile[]): string {
  const tops = new Set(files.map(({ path }) => path.split("/")[0]!));
  tops.delete("Dockerfile");
  tops.delete("compose.yaml");
  return ["*", ...[...tops].sort().map((top) => `!${top}`), "**/.git", "**/__pycache__", ""]
    .join("\n");
}

function notesOf({ manifest, packed }: ContainerFacts): readonly string[] {
  const nodes = containerNodes(manifest);
  const disabled = Object.values(manifest.nodes).filter(({ enabled }) => !enabled);
  return [
    ...nodes.filter((node) => wayOf(node, packed) === "nowhere")
      .map(({ id, source }) =>
        `The ${source} node pack ${id} does not come along; --with-nodes packs it`
      ),
    ...nodes.filter((node) => !isReachable(node, wayOf(node, packed))).map(({ id }) =>
      `The build may not reach where the node pack ${id} comes from; --all-nodes packs it`
    ),
    ...disabled.map(({ id }) => `The node pack ${id} is disabled and does not come along`),
  ];
}

// The image has neither keys nor a client for ssh, and in it, this machine has another address.
function isReachable({ repository = "", downloadUrl = "" }: ManifestNode, way: NodeWay): boolean {
  if (way !== "git" && way !== "archive") return true;
  const url = URL.parse(way === "git" ? repository : downloadUrl);
  return url !== null && /^https?:$/.test(url.protocol) &&
    !/^(?:localhost|127\..*|\[::1\])$/.test(url.hostname);
}

function sorted(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return [...files].sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
