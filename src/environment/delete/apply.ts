import { dirname, join } from "node:path";
import {
  change,
  environmentLock,
  forgetUndo,
  readWorkspaceFile,
  type Transaction,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import { changeActive } from "../active.ts";
import { requireAtRest } from "../at_rest.ts";
import { journalRequest } from "../change.ts";
import { runLock, runStateFile } from "../run/places.ts";
import type { EnvironmentWorld } from "../types.ts";
import { planDelete } from "./plan.ts";
import { surveyEnvironment } from "./survey.ts";
import type { DeletePlan } from "./types.ts";

/**
 * Deletes an environment: what could not be had again goes to the trash as one entry, `undo` brings back the rest too.
 *
 * With `purge` all of it is gone for good, and nothing can be undone.
 *
 * @returns What was done, planned under the locks.
 * @throws `RUN_ALREADY`, `LOCKED`, `JOURNAL_PENDING`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applyDelete(
  world: EnvironmentWorld,
  { purge }: { readonly purge: boolean },
): Promise<DeletePlan> {
  const { environment: { name }, workspace } = world;
  return await change({
    ...journalRequest(world),
    // The environment will be no more, so the workspace remembers how to undo this.
    scope: "workspace",
    command: "delete",
    undoable: !purge,
    locks: [environmentLock(name), runLock(name), WORKSPACE_LOCK],
  }, async (transaction, context) => {
    await requireAtRest(world, "delete");
    const { activeEnvironment: active } = await readWorkspaceFile(workspace);
    const survey = await surveyEnvironment(world, { purge });
    const plan = planDelete(world.environment, survey, { purge, active });
    const keep = purge ? "none" : "undo";
    if (purge) await transaction.remove(plan.path, { keep });
    else await keepAndRemove(world, transaction, plan);
    for (const path of [...plan.logs, runStateFile(workspace, name)]) {
      await transaction.remove(path, { keep });
    }
    if (plan.wasActive) await changeActive(context, transaction, undefined);
    await forgetUndo(context, name);
    return plan;
  });
}

/** Takes what is kept out, removes the rest, and lets what is kept go to the trash in its place. */
async function keepAndRemove(
  { checkpoints }: EnvironmentWorld,
  transaction: Transaction,
  { path, name, kept }: DeletePlan,
): Promise<void> {
  // No environment can have a name that starts with a dot.
  const aside = join(dirname(path), `.${name}.${transaction.id}`);
  for (const { path: inner } of kept) await transaction.move(join(path, inner), join(aside, inner));
  checkpoints.reach("delete:aside");
  await transaction.remove(path);
  if (kept.length === 0) return;
  await transaction.move(aside, path);
  await transaction.trash(path);
  checkpoints.reach("delete:trashed");
}
