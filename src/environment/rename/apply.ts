import { dirname, join } from "node:path";
import {
  change,
  type EnvironmentLayout,
  environmentLock,
  foldName,
  forgetUndo,
  lookAt,
  type Transaction,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import { changeActive } from "../active.ts";
import { requireAtRest } from "../at_rest.ts";
import { journalRequest } from "../change.ts";
import { runLock, runStateFile } from "../run/places.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { fillVenv } from "../venv/mod.ts";
import { relocateVenv } from "../venv/relocate.ts";
import { planRename, relocation } from "./plan.ts";
import type { RenamePlan } from "./types.ts";

/**
 * Gives an environment another name; manifest, lock and history stay as they are.
 *
 * @param world Of the environment under its old name.
 * @param to Its layout under the new name.
 * @returns What was done, planned under the locks.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`, `RUN_ALREADY`, `LOCKED`, `FILE_UNWRITABLE`, and what uv
 * throws where `.venv` must be made anew
 */
export async function applyRename(
  world: EnvironmentWorld,
  to: EnvironmentLayout,
): Promise<RenamePlan> {
  const { environment: from, workspace, checkpoints } = world;
  const names = [from.name, to.name];
  return await change({
    ...journalRequest(world),
    // The old name will be nobody's, so the workspace remembers how to undo this.
    scope: "workspace",
    command: "rename",
    locks: [...names.map(environmentLock), ...names.map(runLock), WORKSPACE_LOCK],
  }, async (transaction, context) => {
    await requireAtRest(world, "rename");
    const plan = await planRename(workspace, from, to);
    await moveRoot(transaction, from, to);
    checkpoints.reach("rename:moved");
    await adaptVenv({ ...world, environment: to }, transaction, from);
    checkpoints.reach("rename:venv");
    for (const path of plan.logs) {
      await transaction.move(path, `${to.log}${path.slice(from.log.length)}`);
    }
    await transaction.remove(runStateFile(workspace, from.name));
    if (plan.wasActive) await changeActive(context, transaction, to.name);
    for (const scope of new Set(names.map(foldName))) await forgetUndo(context, scope);
    return plan;
  });
}

/** Rewrites what names the old place, or makes `.venv` anew where it could not be moved. */
async function adaptVenv(
  world: EnvironmentWorld,
  transaction: Transaction,
  from: EnvironmentLayout,
): Promise<void> {
  const { environment: to } = world;
  const files = await relocateVenv(to.venv, relocation(from, to));
  if (files) {
    for (const { path, text } of files) await transaction.writeFile(path, text);
    return;
  }
  if (!await lookAt(to.venv)) return;
  const { manifest, lockText } = await readEnvironmentState(world);
  if (lockText === undefined) return await transaction.remove(to.venv);
  const staged = await transaction.stagePath();
  await fillVenv(await world.uv(), { ...to, venv: staged }, { manifest, lockText });
  await transaction.replace(to.venv, staged);
}

async function moveRoot(
  transaction: Transaction,
  from: EnvironmentLayout,
  to: EnvironmentLayout,
): Promise<void> {
  if (foldName(from.name) !== foldName(to.name)) return await transaction.move(from.root, to.root);
  // Where case does not matter, the new name exists already; no environment's name starts with a dot.
  const aside = join(dirname(from.root), `.${to.name}.${transaction.id}`);
  await transaction.move(from.root, aside);
  await transaction.move(aside, to.root);
}
