import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import {
  applyFileSteps,
  bringAlong,
  type BroughtAlong,
  noteHead,
  NOTHING_BROUGHT,
  readEarlierFacts,
} from "../history/mod.ts";
import { followRemote } from "../remotes/settings.ts";
import { settleInterrupted } from "../settle.ts";
import type { EnvironmentWorld } from "../types.ts";
import { moveBranch } from "./change.ts";
import { branchRef } from "./list.ts";
import { planSwitch, refuseLost, type SwitchPlan } from "./switch_plan.ts";

const COMMAND = "switch";

/** How an environment gets onto another branch. */
export interface SwitchRequest {
  readonly branch: string;
  /** Makes the branch at the newest commit. */
  readonly create?: boolean;
  /** What is in no commit and would be lost goes to the trash; otherwise it is refused. */
  readonly discard?: boolean;
}

/** What a switch came to. */
export interface SwitchReport extends BroughtAlong {
  readonly plan: SwitchPlan;
}

/**
 * Puts an environment onto a branch: files of `.cec`, then ComfyUI, `.venv`, nodes and workflows.
 *
 * @throws `BRANCH_NOT_FOUND`, `CHANGES_NOT_COMMITTED`, `COMFYUI_CHANGED`, and what uv and git throw; nothing has
 * changed then
 */
export async function switchBranch(
  world: EnvironmentWorld,
  request: SwitchRequest,
): Promise<SwitchReport> {
  await settleInterrupted(world, COMMAND);
  const tried = await decide(world, request);
  if (tried.from === tried.branch) return { plan: tried, ...NOTHING_BROUGHT };
  return await changeEnvironment(world, { command: COMMAND }, async (transaction) => {
    const plan = await decide(world, request);
    const earlier = await readEarlierFacts(world);
    await applyFileSteps(world, transaction, plan.commit, plan.steps);
    await moveOnto(world, transaction, plan);
    return { plan, ...await bringAlong(world, transaction, { command: COMMAND, earlier }) };
  });
}

async function decide(
  world: EnvironmentWorld,
  { branch, create, discard = false }: SwitchRequest,
): Promise<SwitchPlan> {
  const plan = await planSwitch(world, branch, { create });
  if (!discard) {
    refuseLost(world, plan.lost, {
      doing: `switch to "${branch}"`,
      hint: ", or add --discard to move them to the trash",
    });
  }
  return plan;
}

async function moveOnto(
  world: EnvironmentWorld,
  transaction: Transaction,
  { branch, commit, created, follows }: SwitchPlan,
): Promise<void> {
  const { git, environment: { cec }, checkpoints } = world;
  await noteHead(world, transaction);
  if (created) await moveBranch(world, transaction, branch, commit);
  await git.restoreHead(cec, { ref: branchRef(branch), commit, tree: commit });
  checkpoints.reach("environment:head-moved");
  if (follows !== undefined) {
    await followRemote(world, transaction, { branch, remote: follows });
  }
}
