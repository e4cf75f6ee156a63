import { basename, dirname } from "node:path";
import {
  type EnvironmentLayout,
  environmentLayout,
  environmentLock,
  lookAt,
  type Transaction,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import { changeActive } from "../active.ts";
import { requireAtRest } from "../at_rest.ts";
import { changeEnvironment } from "../change.ts";
import { linkModels } from "../comfyui/models_link.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { fillVenv, readInstalled } from "../venv/mod.ts";
import { relocateVenv, writeRelocated } from "../venv/relocate.ts";
import { copyEnvironment } from "./files.ts";
import { planClone } from "./plan.ts";
import type { ClonePlan, CloneReport, CloneRequest } from "./types.ts";

/**
 * Makes a copy of an environment; killed or failing anywhere, nothing of it is left.
 *
 * @param world Of the clone, which does not exist yet.
 * @param from The environment to copy.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`, `LOCKED`, `FILE_UNWRITABLE`, `DISK_FULL`, and what uv throws
 */
export async function applyClone(
  world: EnvironmentWorld,
  from: EnvironmentLayout,
  request: CloneRequest,
): Promise<CloneReport> {
  const { workspace, environment } = world;
  const locks = [environmentLock(from.name), ...(request.use ? [WORKSPACE_LOCK] : [])];
  return await changeEnvironment(
    world,
    { command: "clone", locks },
    async (transaction, context) => {
      // A running ComfyUI writes into what would be copied.
      if (request.withData) await requireAtRest({ ...world, environment: from }, "clone");
      const plan = await planClone(workspace, from, environment, request);
      const report = await build(world, transaction, from, plan);
      if (plan.use) await changeActive(context, transaction, plan.to);
      return report;
    },
  );
}

async function build(
  world: EnvironmentWorld,
  transaction: Transaction,
  from: EnvironmentLayout,
  plan: ClonePlan,
): Promise<CloneReport> {
  const { environment, git, models, report, checkpoints, signal } = world;
  const staged = stagedLayout(world, await transaction.stagePath());
  report.emit({ kind: "started", id: "clone", label: `Copying ${from.name}` });
  try {
    await copyEnvironment(git, from, staged, { withData: plan.withData, signal });
    if (await lookAt(staged.comfyui)) await linkModels(models, staged.comfyui, report);
  } finally {
    report.emit({ kind: "finished", id: "clone" });
  }
  checkpoints.reach("clone:copied");
  const packages = await fill({ ...world, environment: staged }, environment);
  checkpoints.reach("clone:installed");
  await transaction.replace(environment.root, staged.root);
  checkpoints.reach("clone:placed");
  return { ...plan, packages };
}

/** Fills the `.venv` of a clone from its lock, so that it works where the clone will be. */
async function fill(world: EnvironmentWorld, place: EnvironmentLayout): Promise<number> {
  const { environment: staged, report } = world;
  const { manifest, lockText } = await readEnvironmentState(world);
  if (lockText === undefined) return 0;
  report.emit({ kind: "started", id: "sync", label: "Installing packages" });
  try {
    await fillVenv(await world.uv(), staged, { manifest, lockText });
  } finally {
    report.emit({ kind: "finished", id: "sync" });
  }
  const way = { from: staged.root, to: place.root, oldName: staged.name, newName: place.name };
  await writeRelocated(await relocateVenv(staged.venv, way) ?? []);
  return Object.keys(await readInstalled(staged.venv) ?? {}).length;
}

/** The layout of a clone that is being built at a path. */
function stagedLayout(
  { workspace, environment: { name } }: EnvironmentWorld,
  root: string,
): EnvironmentLayout {
  const around = { ...workspace, environments: dirname(root) };
  return { ...environmentLayout(around, basename(root)), name };
}
