import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import type { EnvironmentWorld } from "../types.ts";
import { bringAlong, type BroughtAlong, readEarlierFacts } from "./bring_along.ts";
import { commitChanges, noteHead } from "./commit.ts";
import { applyFileSteps } from "./file_steps.ts";
import { planRollback, type RollbackPlan } from "./rollback_plan.ts";

const COMMAND = "rollback";

/** What a rollback came to. */
export interface RollbackReport extends BroughtAlong {
  readonly plan: RollbackPlan;
  /** The new commit; absent when only uncommitted changes were given up. */
  readonly commit?: string;
}

/**
 * Returns an environment to a revision: files of `.cec`, then ComfyUI, `.venv`, nodes and workflows; history only grows.
 *
 * What is in no commit goes to the trash first.
 *
 * @param revision Default the newest commit: what is not committed is given up.
 * @throws `REVISION_NOT_FOUND`, `NOTHING_TO_ROLL_BACK`, `COMFYUI_CHANGED`, and what uv and git throw; nothing has
 * changed then
 */
export async function rollbackEnvironment(
  world: EnvironmentWorld,
  revision?: string,
): Promise<RollbackReport> {
  await planRollback(world, revision);
  return await changeEnvironment(world, { command: COMMAND }, async (transaction) => {
    const plan = await planRollback(world, revision);
    return await applyRollback(world, transaction, plan);
  });
}

async function applyRollback(
  world: EnvironmentWorld,
  transaction: Transaction,
  plan: RollbackPlan,
): Promise<RollbackReport> {
  const earlier = await readEarlierFacts(world);
  await applyFileSteps(world, transaction, plan.commit, plan.steps);
  const commit = plan.commits
    ? await commitChanges(world, transaction, messageOf(plan))
    : await settleIndex(world, transaction);
  return { plan, commit, ...await bringAlong(world, transaction, { command: COMMAND, earlier }) };
}

// Files are as HEAD has them, but the index may still know what was staged.
async function settleIndex(world: EnvironmentWorld, transaction: Transaction): Promise<undefined> {
  await noteHead(world, transaction);
  await world.git.add(world.environment.cec);
}

function messageOf({ commit }: RollbackPlan): string {
  return `Roll back to ${commit.slice(0, 8)}`;
}
