import {
  type ComfyUISource,
  readComfyUISource,
  readDefaultComfyUIUrl,
  recordedComfyUISource,
} from "../comfyui/mod.ts";
import {
  applyRestore,
  type EnvironmentWorld,
  type RestorePlan,
  type RestoreReport,
} from "../environment/mod.ts";
import { editManifest, setEnvironmentFacts } from "../pyproject/mod.ts";
import { isUndisturbed, listEnvironments, lookAt } from "../workspace/mod.ts";
import { withSenderAdvice } from "./advice.ts";
import { type ImportSizes, weighImport } from "./downloads/mod.ts";
import { findPresentModels, importModels } from "./import_models.ts";
import type { ImportPlan } from "./import_types.ts";
import { planImport } from "./plan_import.ts";
import { isAbsolutePath } from "./private_text.ts";
import { outcomeShortfalls, refuseShortfalls } from "./shortfalls.ts";
import type { BundleContent, BundleSource } from "./types.ts";
import { unpackPackages } from "./unpack_packages.ts";

/** What an import is asked for. */
export interface ImportRequest {
  /** Of the new environment; default what the bundle says. */
  readonly name?: string;
  /** Refuses everything that would not be as it was. */
  readonly strict: boolean;
  /** Where ComfyUI comes from; default what the manifest says, else ComfyUI's own repository. */
  readonly comfyui?: ComfyUISource;
  /** Whether it becomes the active environment. */
  readonly use: boolean;
  /** Keeps files that are where models of the bundle belong, instead of refusing. */
  readonly keepModels?: boolean;
  /** Whether people shall see how large what is fetched is, which asks uv and servers. */
  readonly weigh?: boolean;
}

/** An import that was decided; what it comes from has been checked whole. */
export interface PreparedImport {
  readonly plan: ImportPlan;
  /** Where ComfyUI will come from. */
  readonly comfyui: ComfyUISource;
  /** Keys of the models that are in their places already. */
  readonly present: ReadonlySet<string>;
}

/** What an import came to. */
export interface ImportReport {
  readonly plan: ImportPlan;
  readonly environment: RestoreReport;
  /** Keys of the models that were unpacked. */
  readonly models: readonly string[];
  /** Models that are not here yet, by key. */
  readonly missing: readonly string[];
  /** What is not as it was: one sentence each, without a full stop. */
  readonly shortfalls: readonly string[];
}

/**
 * Decides what an import will do, from what it comes from and what this workspace has; nothing is changed.
 *
 * @param world Of the workspace; its environment does not matter yet.
 * @throws `BUNDLE_INEXACT` for a strict import, `BUNDLE_INVALID`, `BUNDLE_MODEL_DIFFERS`, `ENVIRONMENT_EXISTS`,
 * `ENVIRONMENT_NAME_INVALID`, `DISK_FULL`
 */
export async function prepareImport(
  world: EnvironmentWorld,
  { content, named }: BundleSource,
  { name, strict, comfyui: wanted, keepModels = false, weigh = false }: ImportRequest,
): Promise<PreparedImport> {
  const { workspace } = world;
  const comfyui = wanted ?? await sourceOf(content);
  const undisturbed = await isUndisturbed(workspace);
  const facts = {
    source: comfyui,
    existing: undisturbed ? await listEnvironments(workspace) : [],
    stored: await storedAmong(world, content),
    present: new Set<string>(),
  };
  // What is wrong with the words is told before large files are read.
  const first = planImport(content, named, name, facts);
  const kept: string[] = [];
  const keep = keepModels ? (key: string) => void kept.push(key) : undefined;
  const present = await findPresentModels(world, content, named, keep);
  const sizes = weigh ? await sizesOf(world, content, first, comfyui) : undefined;
  const decided = planImport(content, named, name, { ...facts, present, sizes });
  const differing = kept.map((key) => `The model ${key} is another file here, which is kept`);
  const plan = { ...decided, shortfalls: [...decided.shortfalls, ...differing] };
  if (strict) refuseShortfalls(plan.from, plan.shortfalls);
  return { plan, comfyui, present };
}

async function sizesOf(
  world: EnvironmentWorld,
  content: BundleContent,
  { from, nodes, python, comfyui: { commit } }: ImportPlan,
  source: ComfyUISource,
): Promise<ImportSizes> {
  const archives = nodes.filter((node) => node.from === "download" && node.source === "registry");
  return await weighImport(world, content, from, {
    nodes: new Map(archives.flatMap(({ id, url }) => url === undefined ? [] : [[id, url]])),
    comfyui: { source, commit },
    python,
  });
}

/**
 * Imports an environment: models first, then all else in one transaction.
 *
 * @param world Opened for the plan's name.
 * @throws `BUNDLE_INEXACT` when a strict import comes out otherwise; then nothing of the environment is left; and what
 * restoring an environment throws
 */
export async function applyImport(
  world: EnvironmentWorld,
  source: BundleSource,
  { plan, comfyui, present }: PreparedImport,
  { strict, use }: ImportRequest,
): Promise<ImportReport> {
  const { content } = source;
  const models = await importModels(world, source, present);
  world.checkpoints.reach("import:models");
  let shortfalls: readonly string[] = plan.shortfalls;
  const sending = content.index ? "packed" : "plain";
  const restore: RestorePlan = {
    name: plan.name,
    source: comfyui,
    commit: plan.comfyui.commit,
    manifestText: withSource(content, comfyui),
    lockText: content.lockText,
    python: plan.python,
    files: content.files,
    unpack: (directory) => source.unpackNodes(directory),
    unpackPackages: (directory) => unpackPackages(source, directory),
    history: source.history,
    use,
    judge(report) {
      shortfalls = [...plan.shortfalls, ...outcomeShortfalls(report, content)];
      if (strict) refuseShortfalls(plan.from, shortfalls);
    },
  };
  const environment = await withSenderAdvice(
    source.named,
    sending,
    () => applyRestore(world, "import", restore),
  );
  const missing = plan.models.filter(({ from }) => from === "download" || from === "nowhere")
    .map(({ key }) => key);
  return { plan, environment, models, missing, shortfalls };
}

async function sourceOf({ manifest }: BundleContent): Promise<ComfyUISource> {
  const { comfyuiRepository: recorded } = manifest.environment;
  if (recorded === undefined) {
    return await readComfyUISource(await readDefaultComfyUIUrl(), Deno.cwd());
  }
  return isAbsolutePath(recorded)
    ? await recordedComfyUISource(recorded)
    : await readComfyUISource(recorded, Deno.cwd());
}

function withSource({ manifest, manifestText }: BundleContent, { publicUrl }: ComfyUISource) {
  if (manifest.environment.comfyuiRepository === publicUrl) return manifestText;
  const edits = [setEnvironmentFacts({ comfyuiRepository: publicUrl })];
  return editManifest(manifestText, edits, "pyproject.toml");
}

async function storedAmong(
  { workspace }: EnvironmentWorld,
  { manifest }: BundleContent,
): Promise<ReadonlySet<string>> {
  const stored = new Set<string>();
  for (const { treeSha256 } of Object.values(manifest.nodes)) {
    if (treeSha256 === undefined || !/^[0-9a-f]{64}$/.test(treeSha256)) continue;
    if (await lookAt(`${workspace.nodeStore}/${treeSha256}`)) stored.add(treeSha256);
  }
  return stored;
}
