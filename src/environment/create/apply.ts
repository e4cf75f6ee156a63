import {
  checkoutComfyUI,
  type ComfyUIVersion,
  obtainComfyUI,
  readMirroredFacts,
} from "../../comfyui/mod.ts";
import { newManifest, readManifest, setTorchBackend } from "../../pyproject/mod.ts";
import {
  checkNewEnvironmentName,
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
import { readLockPackages, writeStamp } from "../venv/mod.ts";
import { writeEnvironmentFiles } from "./files.ts";
import type { CreatePlan } from "./plan.ts";
import { findEnvironmentPython } from "./python.ts";
import { layoutAt, phases, refuseForeign } from "./staging.ts";
import { allOf } from "./together.ts";

/** What a new environment is. */
export interface CreateReport {
  readonly name: string;
  readonly path: string;
  readonly comfyui: ComfyUIVersion;
  readonly python: string;
  readonly torchBackend: string;
  /** How many packages are locked. */
  readonly packages: number;
  readonly commit: string;
  readonly models: ModelsLink;
  readonly active: boolean;
}

/**
 * Makes a new environment; killed or failing anywhere, nothing of it is left.
 *
 * All is built beside the journal and put in place by one rename. What does not depend on each other runs at once.
 *
 * @param world Opened for the new environment's name.
 * @throws `ENVIRONMENT_EXISTS`, `PYTHON_UNSUITABLE`, and what getting ComfyUI, uv and git throw
 */
export async function applyCreate(
  world: EnvironmentWorld,
  plan: CreatePlan,
): Promise<CreateReport> {
  const change = { command: "create", locks: plan.use ? [WORKSPACE_LOCK] : [] };
  return await changeEnvironment(world, change, async (transaction, context) => {
    const report = await build(world, transaction, plan);
    if (plan.use) await changeActive(context, transaction, plan.name);
    return report;
  });
}

async function build(
  world: EnvironmentWorld,
  transaction: Transaction,
  plan: CreatePlan,
): Promise<CreateReport> {
  const { environment, git, checkpoints, report, models } = world;
  checkNewEnvironmentName(environment.name, await listEnvironments(world.workspace));
  await refuseForeign(environment);
  const root = await transaction.stagePath();
  const staged = layoutAt(environment, root);
  await Deno.mkdir(staged.cec, { recursive: true });
  const phase = phases(world);

  phase("Getting ComfyUI");
  const surroundings = comfyuiWorld(world, "create");
  const [{ comfyui, facts }, uv, pythons] = await allOf(
    obtainComfyUI(surroundings, plan.source, plan.comfyui).then(async (version) => ({
      comfyui: version,
      // Asked of the mirror, so that packages are resolved while the files are checked out.
      facts: await readMirroredFacts(surroundings, plan.source, version.commit),
    })),
    world.uv(),
    world.uv().then((found) => found.pythons()),
    git.init(staged.cec),
  );
  checkpoints.reach("create:comfyui");
  for (const { file, line, text, why } of facts.odd) {
    const message = `${file}:${line} of ComfyUI is passed over, ${why}: ${text}`;
    report.emit({ kind: "warned", code: "REQUIREMENT_INVALID", message });
  }
  const python = await findEnvironmentPython(world, uv, pythons, plan.python, facts.python);
  const manifest = manifestOf(plan, comfyui, python.version, facts.requirements);
  await writeEnvironmentFiles(staged, { manifest, python: python.version });
  checkpoints.reach("create:manifest");

  phase("Resolving packages");
  const [, , link] = await allOf(
    uv.lock({ directory: staged.cec, python: python.path }),
    uv.createVenv(staged.venv, { python: python.path, prompt: plan.name, relocatable: true }),
    checkoutComfyUI(surroundings, plan.source, comfyui.commit, staged.comfyui)
      .then(() => linkModels(models, staged.comfyui, report)),
  );
  checkpoints.reach("create:locked");
  const lockText = await readLock(staged.lockFile) ?? "";

  phase("Installing packages");
  const [commit] = await allOf(
    git.add(staged.cec).then(() => git.commit(staged.cec, `Create environment ${plan.name}`)),
    uv.sync({ directory: staged.cec, environment: staged.venv }, { lock: "frozen" }),
  );
  const read = readManifest(manifest, staged.manifest);
  await writeStamp(staged.venv, { manifest: read, lockText, verified: true });
  checkpoints.reach("create:installed");
  phase(undefined);
  await transaction.replace(environment.root, root);
  checkpoints.reach("create:placed");
  return {
    name: plan.name,
    path: environment.root,
    comfyui,
    python: python.version,
    torchBackend: plan.torchBackend,
    packages: readLockPackages(lockText).size,
    commit,
    models: link,
    active: plan.use,
  };
}

function manifestOf(
  plan: CreatePlan,
  { name, kind, commit }: ComfyUIVersion,
  python: string,
  dependencies: readonly string[],
): string {
  const [major, minor] = python.split(".");
  return newManifest({
    name: plan.name,
    // The lock is for this Python alone: that resolves faster, and packages that lag behind do not stand in the way.
    requiresPython: `==${major}.${minor}.*`,
    dependencies,
    environment: {
      comfyuiVersion: name,
      comfyuiRefType: kind,
      comfyuiCommit: commit,
      comfyuiRepository: plan.source.publicUrl,
      pythonVersion: python,
    },
    edits: [setTorchBackend(plan.backends, plan.torchBackend, plan.torchIndex)],
  });
}
