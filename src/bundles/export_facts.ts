import { join } from "node:path";
import { ComfydockError, readBytesBounded } from "../base/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../environment/world/mod.ts";
import { listTree } from "../nodes/disk/mod.ts";
import type { Manifest, TrackedWorkflow } from "../pyproject/mod.ts";
import { command } from "../tools/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import type { ExportChoice, ExportFacts, OfflineFacts, SourceFile } from "./export_types.ts";
import { incomplete } from "./faults.ts";
import { chosenNodes } from "./plan_export.ts";
import { LARGEST_TEXT } from "./places.ts";

/** Files of packs in development that hold secrets by custom. */
const SECRET_FILE = /(?:^|\/)(?:\.env(?:\..+)?|[^/]+\.(?:pem|key)|id_(?:rsa|ed25519|ecdsa))$/i;

/** What of an environment is packed. */
export interface ExportPart {
  /** Default all of its workflows, with its Python version. */
  readonly workflow?: TrackedWorkflow;
  readonly offline?: OfflineFacts;
}

/**
 * Reads what there is to pack; large files are only listed.
 *
 * @param state What the manifest and the lock of the bundle will say.
 */
export async function readExportFacts(
  world: EnvironmentWorld,
  { manifest, manifestText, lockText }: EnvironmentState,
  choice: ExportChoice,
  { workflow, offline }: ExportPart = {},
): Promise<ExportFacts> {
  const { environment, workspace, env } = world;
  const homes = [env.HOME, env.USERPROFILE].filter((home) => home !== undefined && home !== "/");
  return {
    kind: workflow ? "workflow" : "environment",
    name: workflow?.key ?? environment.name,
    manifest,
    manifestText,
    lockText,
    texts: workflow ? await readWorkflowText(world, workflow) : await readTexts(world),
    nodes: await readNodes(world, manifest, choice),
    models: choice.models ? await readModels(world, manifest) : new Map(),
    offline,
    private: {
      paths: [workspace.root, world.models, ...homes.filter((home) => home !== undefined)],
      host: await nameOfHost(world),
    },
  };
}

// The runtime tells the name only with a permission that nothing else needs.
async function nameOfHost({ env, runner }: EnvironmentWorld): Promise<string> {
  const told = env.COMPUTERNAME ?? env.HOSTNAME;
  if (told !== undefined) return told;
  try {
    return (await runner.run(command({ program: "hostname", args: [] }))).stdout.trim();
  } catch (error) {
    // Where not even that program is, nothing on this machine knows the name.
    if (error instanceof ComfydockError) return "";
    throw error;
  }
}

async function readWorkflowText(
  { environment }: EnvironmentWorld,
  { key, file }: TrackedWorkflow,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const path = join(environment.cec, ...file.split("/"));
  if (!(await lookAt(path))?.isFile) {
    throw incomplete(`the workflow ${key} is missing`, "comfydock workflow sync");
  }
  return new Map([[file, await readBytesBounded(path, LARGEST_TEXT)]]);
}

async function readTexts(
  { environment, signal }: EnvironmentWorld,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  for (const name of [".python-version", ".comfydockignore"]) {
    const path = join(environment.cec, name);
    if (await lookAt(path)) texts.set(name, await readBytesBounded(path, LARGEST_TEXT));
  }
  if (!await lookAt(environment.workflows)) return texts;
  for (const { path, place, kind } of await listTree(environment.workflows, { signal })) {
    if (/(?:^|\/)\.|\.tmp$/.test(path)) continue;
    if (kind === "link") throw incomplete(`workflows/${path} is a link`, "comfydock workflow sync");
    texts.set(`workflows/${path}`, await readBytesBounded(place, LARGEST_TEXT));
  }
  return texts;
}

async function readNodes(
  world: EnvironmentWorld,
  manifest: Manifest,
  choice: ExportChoice,
): Promise<ReadonlyMap<string, readonly SourceFile[]>> {
  const found = new Map<string, readonly SourceFile[]>();
  const ids = new Set(chosenNodes(manifest, choice.nodes).map(({ id }) => id));
  if (ids.size === 0) return found;
  // Loaded where packs go along: most exports are of small files.
  const { surveyNodes } = await import("../environment/nodes/mod.ts");
  for (const { node, path, tree } of (await surveyNodes(world, manifest, { ids })).nodes) {
    if (path === undefined) continue;
    if (tree?.kind === "changed") {
      throw incomplete(
        `the node pack ${node.id} has local changes`,
        `comfydock node update ${node.id} --discard`,
      );
    }
    const extra = new Set(tree?.kind === "tree" ? tree.extra : []);
    const isDevelopment = node.source === "development";
    const files: SourceFile[] = [];
    for (const entry of await listTree(await Deno.realPath(path), { signal: world.signal })) {
      if (extra.has(entry.path)) continue;
      if (entry.kind === "link") {
        throw incomplete(
          `the node pack ${node.id} holds the link "${entry.path}"`,
          `comfydock node remove ${node.id}`,
        );
      }
      if (isDevelopment && SECRET_FILE.test(entry.path)) {
        const message = `"${entry.path}" of ${node.id} stays here: such files hold secrets`;
        world.report.emit({ kind: "warned", code: "BUNDLE_PRIVATE", message });
        continue;
      }
      const { path, place, size, kind } = entry;
      files.push({ path, place, size, executable: kind === "executable" });
    }
    found.set(node.id, files);
  }
  return found;
}

async function readModels(
  world: EnvironmentWorld,
  { models }: Manifest,
): Promise<ReadonlyMap<string, SourceFile>> {
  const found = new Map<string, SourceFile>();
  const { modelPath, statModel } = await import("../environment/models/mod.ts");
  for (const { key, localPath } of Object.values(models)) {
    const place = localPath === undefined ? undefined : modelPath(world.models, localPath);
    const info = place === undefined ? undefined : await statModel(place);
    if (place === undefined || !info?.isFile) continue;
    found.set(key, { path: localPath!, place, size: info.size, executable: false });
  }
  return found;
}
