import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { PackageChange } from "../../tools/mod.ts";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import { moveComfyUI } from "../comfyui/move.ts";
import { follow, type Followed, readEarlier } from "../followers/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { syncVenv } from "../venv/mod.ts";
import { commitChanges, noteHead } from "./commit.ts";
import { filePath, planRollback, type RollbackPlan } from "./rollback_plan.ts";

const COMMAND = "rollback";

/** What a rollback came to. */
export interface RollbackReport {
  readonly plan: RollbackPlan;
  /** The new commit; absent when only uncommitted changes were given up. */
  readonly commit?: string;
  readonly packages: readonly PackageChange[];
  readonly comfyuiMoved: boolean;
  /** What became of nodes and workflows. */
  readonly followed: readonly Followed[];
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
  const { environment: { cec }, git, checkpoints } = world;
  const earlier = await readEarlier(world, await readManifestIfPossible(world));
  for (const { path, action, trash } of plan.steps) {
    const target = filePath(cec, path);
    if (trash) await transaction.trash(target);
    if (action === "write") {
      const content = await git.readFile(cec, plan.commit, path);
      if (content) await transaction.writeFile(target, content);
    } else if (await lookAt(target)) await transaction.remove(target);
    checkpoints.reach("rollback:file");
  }
  const commit = plan.commits
    ? await commitChanges(world, transaction, messageOf(plan))
    : await settleIndex(world, transaction);
  const state = await readEnvironmentState(world);
  const { comfyuiCommit, comfyuiRepository } = state.manifest.environment;
  const comfyuiMoved = comfyuiCommit !== undefined && comfyuiRepository !== undefined &&
    await moveComfyUI(world, transaction, {
      commit: comfyuiCommit,
      repository: comfyuiRepository,
      command: COMMAND,
    });
  const { manifest, lockText } = state;
  const packages = lockText === undefined
    ? []
    : await syncVenv(world, transaction, { manifest, lockText });
  const followed = await follow(transaction, { world, command: COMMAND, manifest, earlier });
  return { plan, commit, packages, comfyuiMoved, followed };
}

// Rolling back is also the way out of a manifest that cannot be read.
async function readManifestIfPossible(world: EnvironmentWorld): Promise<Manifest | undefined> {
  try {
    return (await readEnvironmentState(world)).manifest;
  } catch (error) {
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) return undefined;
    throw error;
  }
}

// Files are as HEAD has them, but the index may still know what was staged.
async function settleIndex(world: EnvironmentWorld, transaction: Transaction): Promise<undefined> {
  await noteHead(world, transaction);
  await world.git.add(world.environment.cec);
}

function messageOf({ commit }: RollbackPlan): string {
  return `Roll back to ${commit.slice(0, 8)}`;
}
