import { createHash } from "node:crypto";
import { join } from "node:path";
import { type ArchiveFile, writeArchive } from "../archive/mod.ts";
import { ComfydockError, fileError, readBytesBounded } from "../base/mod.ts";
import { type EnvironmentWorld, readEnvironmentState } from "../environment/mod.ts";
import { modelPath, statModel } from "../environment/models/mod.ts";
import { surveyNodes } from "../environment/nodes/mod.ts";
import { listTree } from "../nodes/mod.ts";
import type { Manifest } from "../pyproject/mod.ts";
import { command } from "../tools/mod.ts";
import { lookAt } from "../workspace/mod.ts";
import { INDEX_NAME, renderIndex } from "./bundle_json.ts";
import { bundleErrors } from "./errors.ts";
import {
  chosenNodes,
  type ExportChoice,
  type ExportFacts,
  type ExportPlan,
  incomplete,
  planExport,
  type PlannedFile,
  type SourceFile,
} from "./plan_export.ts";
import { LARGEST_TEXT } from "./read_content.ts";
import type { BundleFile } from "./types.ts";

/** What an export is asked for. */
export interface ExportRequest extends ExportChoice {
  /** Absolute path of the bundle; its ending says how it is packed. */
  readonly file: string;
  readonly dryRun: boolean;
}

/** What an export came to. */
export interface ExportReport extends Omit<ExportPlan, "files"> {
  readonly file: string;
  /** Bytes of the bundle; absent in a dry run. */
  readonly size?: number;
  /** How many files it holds, and their bytes in all. */
  readonly files: number;
  readonly bytes: number;
}

/** Bytes that are read at once; larger than what streams pass, because each call costs the same. */
const PIECE = 1 << 20;
/** Files of packs in development that hold secrets by custom. */
const SECRET_FILE = /(?:^|\/)(?:\.env(?:\..+)?|[^/]+\.(?:pem|key)|id_(?:rsa|ed25519|ecdsa))$/i;

/**
 * Packs an environment into one file: equal environments give equal bytes, models pass through once and by the piece.
 *
 * @throws `BUNDLE_SOURCE_INVALID`, `BUNDLE_PRIVATE`, `BUNDLE_INCOMPLETE`, `ARCHIVE_UNSAFE`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function exportEnvironment(
  world: EnvironmentWorld,
  { file, dryRun, ...choice }: ExportRequest,
): Promise<ExportReport> {
  refuseEnding(file);
  const facts = await readExportFacts(world, choice);
  const plan = planExport(facts, choice);
  const bytes = plan.files.reduce((sum, { size }) => sum + size, 0);
  const { name, nodes, models, notes } = plan;
  const report = { name, file, nodes, models, notes, files: plan.files.length, bytes };
  if (dryRun) return report;
  world.report.emit({
    kind: "started",
    id: "export",
    label: "Packing",
    total: bytes,
    unit: "bytes",
  });
  try {
    const stored = plan.models.length > 0;
    const { signal } = world;
    return {
      ...report,
      size: await writeArchive(file, contents(world, plan), { signal, stored }),
    };
  } finally {
    world.report.emit({ kind: "finished", id: "export" });
  }
}

function refuseEnding(file: string): void {
  if (/\.tar(?:\.zst|\.gz)?$/i.test(file)) return;
  throw new ComfydockError(
    bundleErrors.BUNDLE_SOURCE_INVALID,
    `Cannot export to "${file}": its ending is none of a bundle`,
    { hint: "Name a file that ends in .tar.zst or .tar.gz", details: { file } },
  );
}

/** Reads what there is to pack; large files are only listed. */
export async function readExportFacts(
  world: EnvironmentWorld,
  choice: ExportChoice,
): Promise<ExportFacts> {
  const { environment, workspace, env } = world;
  const { manifest, manifestText, lockText } = await readEnvironmentState(world);
  const homes = [env.HOME, env.USERPROFILE].filter((home) => home !== undefined && home !== "/");
  return {
    name: environment.name,
    manifest,
    manifestText,
    lockText,
    texts: await readTexts(world),
    nodes: await readNodes(world, manifest, choice),
    models: choice.models ? await readModels(world, manifest) : new Map(),
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
  for (const { key, localPath } of Object.values(models)) {
    const place = localPath === undefined ? undefined : modelPath(world.models, localPath);
    const info = place === undefined ? undefined : await statModel(place);
    if (place === undefined || !info?.isFile) continue;
    found.set(key, { path: localPath!, place, size: info.size, executable: false });
  }
  return found;
}

async function* contents(
  world: EnvironmentWorld,
  plan: ExportPlan,
): AsyncGenerator<ArchiveFile> {
  const listed: BundleFile[] = [];
  for (const file of plan.files) {
    const hash = createHash("sha256");
    yield { ...file, content: () => pieces(world, file, hash) };
    const sha256 = hash.digest("hex");
    const { path, size, executable } = file;
    if (file.sha256 !== undefined && file.sha256 !== sha256) {
      throw incomplete(`"${path}" is not as the manifest says`, "comfydock model verify --full");
    }
    listed.push({ path, size, sha256, executable });
  }
  const index = new TextEncoder().encode(
    renderIndex({ kind: "environment", name: plan.name, files: listed }),
  );
  yield { path: INDEX_NAME, size: index.length, content: () => [index] };
}

async function* pieces(
  { report }: EnvironmentWorld,
  { from }: PlannedFile,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  const advance = (bytes: Uint8Array) => {
    hash.update(bytes);
    report.emit({ kind: "advanced", id: "export", by: bytes.length });
    return bytes;
  };
  if (typeof from !== "string") return yield advance(from);
  try {
    using file = await Deno.open(from);
    const buffer = new Uint8Array(PIECE);
    for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
      yield advance(buffer.subarray(0, read));
    }
  } catch (error) {
    throw fileError("Cannot read", from, error);
  }
}
