import { ComfydockError, readAsset } from "../../base/mod.ts";
import { readDefaultComfyUIUrl } from "../../comfyui/mod.ts";
import { type EnvironmentWorld, readEnvironmentState } from "../../environment/mod.ts";
import { readSourceHosts } from "../../models/sources/mod.ts";
import { type Manifest, readManifest } from "../../pyproject/mod.ts";
import { readUvPin } from "../../tools/mod.ts";
import { readExportFacts } from "../export_facts.ts";
import type { PlannedFile } from "../export_types.ts";
import { planExport } from "../plan_export.ts";
import { refusePrivateText } from "../private_text.ts";
import { packedDirectory } from "../places.ts";
import { containerErrors } from "./errors.ts";
import { chooseBase, readContainerKnowledge } from "./knowledge.ts";
import { packagesToBuild } from "./lock_layer.ts";
import { fetchableModels } from "./models.ts";
import { CONTAINER_ROOT, planContainer } from "./plan.ts";
import type { ContainerFacts, ContainerPlan } from "./types.ts";
import { checkTarget, writeContainer } from "./write.ts";

/** What a container is asked for. */
export interface ContainerRequest {
  /** Absolute path of the directory that it is written to. */
  readonly directory: string;
  /** Which node packs are packed instead of fetched by the build; `own` are those that are only here. */
  readonly nodes: "none" | "own" | "all";
  /** The image to build on, with a tag or a digest; default by the torch backend. */
  readonly baseImage?: string;
  readonly dryRun: boolean;
}

const SCRIPTS = ["start.py", "health.py", "unpack.py"] as const;

/**
 * Writes the files from which an environment is built into a container.
 *
 * @throws `CONTAINER_DIRECTORY_FOREIGN`, `CONTAINER_BASE_UNKNOWN`, `CONTAINER_INCOMPLETE`, `BUNDLE_PRIVATE`,
 * `BUNDLE_INCOMPLETE`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function exportContainer(
  world: EnvironmentWorld,
  { directory, nodes, baseImage, dryRun }: ContainerRequest,
): Promise<ContainerPlan> {
  const plan = await prepareContainer(world, { nodes, baseImage });
  const target = await checkTarget(directory, plan.files);
  if (!dryRun) await writeContainer(plan.files, target, world.signal);
  return plan;
}

/**
 * Reads an environment and decides which files make a container of it.
 *
 * @param root Where in the image everything lies.
 */
export async function prepareContainer(
  world: EnvironmentWorld,
  request: Pick<ContainerRequest, "nodes" | "baseImage">,
  root: string = CONTAINER_ROOT,
): Promise<ContainerPlan> {
  const choice = { nodes: request.nodes, models: false };
  const exported = await readExportFacts(world, await readEnvironmentState(world), choice);
  const packed = planExport(exported, choice);
  const manifest = manifestOf(packed.files);
  const { lockText } = exported;
  requireWhole(manifest, lockText);
  const knowledge = await readContainerKnowledge();
  const builds = packagesToBuild(lockText);
  const hosts = await readSourceHosts({});
  const { models, notes } = fetchableModels(Object.values(manifest.models), hosts);
  const enabled = (id: string) => manifest.nodes[id]?.enabled === true;
  const files = packed.files
    .filter(({ path }) => !path.startsWith("."))
    .filter((file) => !isDisabled(file, manifest));
  const recorded = manifest.environment.comfyuiRepository;
  const comfyui = recorded ?? await readDefaultComfyUIUrl();
  const facts: ContainerFacts = {
    name: exported.name,
    manifest,
    lockText,
    comfyui,
    base: chooseBase(
      knowledge,
      manifest.environment.torchBackend ?? "none",
      request.baseImage,
    ),
    uvImage: `${knowledge.uvImage}:${(await readUvPin()).version}`,
    packages: [...knowledge.packages, ...builds.length > 0 ? knowledge.buildPackages : []],
    packed: new Set(packed.nodes.filter(enabled)),
    hasWorkflows: files.some(({ path }) => path.startsWith("workflows/")),
    models,
    root,
  };
  const plan = planContainer(facts, files, await readScripts());
  for (const { path, from } of plan.files) {
    if (typeof from === "string" || path.startsWith("nodes/")) continue;
    refusePrivateText(path, new TextDecoder().decode(from), exported.private);
  }
  const built = builds.length === 0
    ? []
    : [`Building the image runs code of packages without wheels: ${builds.join(", ")}`];
  const elsewhere = recorded === exported.manifest.environment.comfyuiRepository
    ? []
    : [`ComfyUI came from a directory of this machine; the image takes it from ${comfyui}`];
  return { ...plan, notes: [...plan.notes, ...notes, ...built, ...elsewhere] };
}

function manifestOf(files: readonly PlannedFile[]): Manifest {
  const from = files.find(({ path }) => path === "pyproject.toml")?.from;
  return readManifest(
    typeof from === "object" ? new TextDecoder().decode(from) : "",
    "pyproject.toml",
  );
}

function requireWhole(
  { environment }: Manifest,
  lockText: string | undefined,
): asserts lockText is string {
  const lacks = lockText === undefined
    ? "there is no uv.lock"
    : /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(environment.comfyuiCommit ?? "")
    ? undefined
    : "pyproject.toml does not say which commit of ComfyUI it has";
  if (lacks === undefined) return;
  throw new ComfydockError(
    containerErrors.CONTAINER_INCOMPLETE,
    `Cannot make a container: ${lacks}`,
    { hint: "Run comfydock sync first" },
  );
}

function isDisabled({ path }: PlannedFile, { nodes }: Manifest): boolean {
  return Object.values(nodes).some((node) =>
    !node.enabled && path.startsWith(`nodes/${packedDirectory(node)}/`)
  );
}

async function readScripts(): Promise<ReadonlyMap<string, Uint8Array>> {
  const read = SCRIPTS.map(async (name) =>
    [name, await readAsset(`data/container/${name}`)] as const
  );
  return new Map(await Promise.all(read));
}
