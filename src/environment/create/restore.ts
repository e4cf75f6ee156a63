import { dirname, join } from "node:path";
import { writeFileAtomic } from "../../base/mod.ts";
import {
  checkoutComfyUI,
  type ComfyUISource,
  type ComfyUIVersion,
  obtainComfyUI,
  readMirroredFacts,
  takePackedComfyUI,
} from "../../comfyui/mod.ts";
import { type Manifest, readManifest } from "../../pyproject/mod.ts";
import {
  checkNewEnvironmentName,
  type EnvironmentLayout,
  listEnvironments,
  type Transaction,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import { changeActive } from "../active.ts";
import { changeEnvironment } from "../change.ts";
import { linkModels, type ModelsLink } from "../comfyui/models_link.ts";
import { comfyuiWorld } from "../comfyui/world.ts";
import { readLock } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { isLockFitting, readLockPackages, writeStamp } from "../venv/mod.ts";
import { workflowPlaces } from "../workflows/places.ts";
import { writeEnvironmentFiles } from "./files.ts";
import { findEnvironmentPython } from "./python.ts";
import { commitRestored, type RestoredHistory, restoreHistory } from "./restore_history.ts";
import { placeRestored, type RestoredNode, restoreNodes } from "./restore_nodes.ts";
import { installRestored } from "./restore_packages.ts";
import type { RestoredPackages } from "./restored_wheels.ts";
import { layoutAt, phases, refuseForeign } from "./staging.ts";
import { allOf } from "./together.ts";

export type { RestoredNode } from "./restore_nodes.ts";

/** An environment that shall be made again from its files. */
export interface RestorePlan {
  readonly name: string;
  /** Where ComfyUI comes from. */
  readonly source: ComfyUISource;
  /** Full id. */
  readonly commit: string;
  readonly manifestText: string;
  /** Absent where it has to be resolved. */
  readonly lockText?: string;
  /** Version of the Python, such as `3.12`. */
  readonly python?: string;
  /** Further files by their paths below `.cec`, with forward slashes; checked. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Unpacks the node packs that came along into a new directory, and returns their absolute paths by id. */
  readonly unpack: (directory: string) => Promise<ReadonlyMap<string, string>>;
  /** Unpacks the packages and the ComfyUI that came along into a new directory. */
  readonly unpackPackages?: (directory: string) => Promise<RestoredPackages>;
  /** The history that `.cec` goes on with; by default it begins anew. */
  readonly history?: RestoredHistory;
  /** Puts further files into what is being built, once all else of it is there. */
  readonly furnish?: (staged: EnvironmentLayout) => Promise<void>;
  /** Whether it becomes the active environment. */
  readonly use: boolean;
  /** Looks at what was made before it is put in its place; what it throws takes all back. */
  readonly judge?: (report: RestoreReport) => void;
}

/** What was made again. */
export interface RestoreReport {
  readonly name: string;
  readonly path: string;
  readonly comfyui: ComfyUIVersion;
  readonly python: string;
  /** How many packages are locked. */
  readonly packages: number;
  /** Whether uv says that the lock fits the manifest. */
  readonly lockFits: boolean;
  /** The first commit of its history. */
  readonly commit: string;
  readonly models: ModelsLink;
  readonly nodes: readonly RestoredNode[];
  readonly active: boolean;
}

/**
 * Makes an environment again from its files; killed or failing anywhere, nothing of it is left but what caches keep, so
 * that the next try goes on from there.
 *
 * @param world Opened for the new environment's name.
 * @param command Such as `import`.
 * @throws `ENVIRONMENT_EXISTS`, `MANIFEST_INVALID`, `PYTHON_UNSUITABLE`, and what getting ComfyUI, node packs, uv and git
 * throw
 */
export async function applyRestore(
  world: EnvironmentWorld,
  command: string,
  plan: RestorePlan,
): Promise<RestoreReport> {
  const change = { command, locks: plan.use ? [WORKSPACE_LOCK] : [] };
  return await changeEnvironment(world, change, async (transaction, context) => {
    const report = await build(world, transaction, command, plan);
    if (plan.use) await changeActive(context, transaction, plan.name);
    return report;
  });
}

async function build(
  world: EnvironmentWorld,
  transaction: Transaction,
  command: string,
  plan: RestorePlan,
): Promise<RestoreReport> {
  const { environment, git, checkpoints, models, report } = world;
  checkNewEnvironmentName(environment.name, await listEnvironments(world.workspace));
  await refuseForeign(environment);
  const root = await transaction.stagePath();
  const packed = await transaction.stagePath();
  const staged = layoutAt(environment, root);
  const manifest = readManifest(plan.manifestText, staged.manifest);
  await Deno.mkdir(staged.cec, { recursive: true });
  const phase = phases(world);

  phase("Getting ComfyUI");
  const surroundings = comfyuiWorld(world, command);
  const { source, commit: wanted, history } = plan;
  const along = await plan.unpackPackages?.(await transaction.stagePath()) ?? {};
  if (along.comfyui !== undefined) {
    const { comfyui: file } = along;
    await takePackedComfyUI(surroundings, source, { file, commit: wanted });
  }
  const [{ comfyui, facts }, uv, pythons] = await allOf(
    obtainComfyUI(surroundings, source, wanted).then(async (version) => ({
      comfyui: version,
      facts: await readMirroredFacts(surroundings, source, version.commit),
    })),
    world.uv(),
    world.uv().then((found) => found.pythons()),
    history
      ? restoreHistory(world, staged, history).then(() => checkpoints.reach("restore:history"))
      : git.init(staged.cec),
  );
  checkpoints.reach("restore:comfyui");
  const python = await findEnvironmentPython(world, uv, pythons, plan.python, facts.python);
  await writeFiles(staged, plan, python.version);
  checkpoints.reach("restore:files");

  phase("Getting node packs");
  const [nodes, , , link] = await allOf(
    plan.unpack(packed).then((paths) => restoreNodes(world, manifest, paths)),
    plan.lockText === undefined
      ? uv.lock({ directory: staged.cec, python: python.path })
      : Promise.resolve(),
    uv.createVenv(staged.venv, { python: python.path, prompt: plan.name, relocatable: true }),
    checkoutComfyUI(surroundings, source, comfyui.commit, staged.comfyui)
      .then(() => linkModels(models, staged.comfyui, report)),
  );
  checkpoints.reach("restore:fetched");
  const lockText = await readLock(staged.lockFile) ?? "";

  phase("Installing packages");
  if (along.wheels) {
    await installRestored(world, uv, staged, { wheels: along.wheels, python: python.version });
  }
  const [commit, , lockFits, placed] = await allOf(
    commitRestored(world, staged, history, command),
    uv.sync({ directory: staged.cec, environment: staged.venv }, { lock: "frozen" }),
    isLockFitting(uv, staged.cec, staged.venv),
    placeRestored(world, staged, nodes),
    placeWorkflows(staged, manifest, plan.files),
  );
  await writeStamp(staged.venv, { manifest, lockText, verified: lockFits });
  await plan.furnish?.(staged);
  checkpoints.reach("restore:installed");
  phase(undefined);
  const made: RestoreReport = {
    name: plan.name,
    path: environment.root,
    comfyui,
    python: python.version,
    packages: readLockPackages(lockText).size,
    lockFits,
    commit,
    models: link,
    nodes: placed,
    active: plan.use,
  };
  plan.judge?.(made);
  await transaction.replace(environment.root, root);
  checkpoints.reach("restore:placed");
  return made;
}

async function writeFiles(
  staged: EnvironmentLayout,
  { manifestText, lockText, files, history }: RestorePlan,
  python: string,
): Promise<void> {
  if (history) await writeFileAtomic(staged.manifest, manifestText);
  else await writeEnvironmentFiles(staged, { manifest: manifestText, python });
  if (lockText !== undefined) await writeFileAtomic(staged.lockFile, lockText);
  for (const [path, bytes] of files) {
    await writeFileAtomic(join(staged.cec, ...path.split("/")), bytes);
  }
}

/** Gives ComfyUI its copies of the tracked workflows. */
async function placeWorkflows(
  staged: EnvironmentLayout,
  { workflows }: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  for (const tracked of Object.values(workflows)) {
    const places = workflowPlaces(staged, tracked);
    const bytes = files.get(tracked.file);
    if (!places || !bytes) continue;
    await Deno.mkdir(dirname(places.copy), { recursive: true });
    await writeFileAtomic(places.copy, bytes);
  }
}
