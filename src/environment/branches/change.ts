import { ComfydockError } from "../../base/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import { resolveRevision } from "../diff/mod.ts";
import { GIT_REF_NOTE } from "../notes.ts";
import { settleInterrupted } from "../settle.ts";
import type { EnvironmentWorld } from "../types.ts";
import { branchErrors } from "./errors.ts";
import { branchNotFound, branchRef, checkNewBranch, listBranches } from "./list.ts";

/** A branch that came or went. */
export interface BranchChange {
  readonly name: string;
  /** Where it stands, or stood. */
  readonly commit: string;
}

/** How a branch is changed. */
export interface BranchOptions {
  readonly dryRun?: boolean;
}

/**
 * Makes a branch at the newest commit; the environment stays on the one it is on.
 *
 * @throws `BRANCH_INVALID`, `BRANCH_EXISTS`, `REVISION_NOT_FOUND`
 */
export async function createBranch(
  world: EnvironmentWorld,
  name: string,
  { dryRun = false }: BranchOptions = {},
): Promise<BranchChange> {
  if (!dryRun) await settleInterrupted(world, "branch");
  await checkNewBranch(world, name);
  const commit = await resolveRevision(world, "HEAD");
  if (dryRun) return { name, commit };
  return await changeEnvironment(world, { command: "branch" }, async (transaction) => {
    await checkNewBranch(world, name);
    await moveBranch(world, transaction, name, commit);
    return { name, commit };
  });
}

/**
 * Deletes a branch; commits that only it has are not given up unless that is asked for.
 *
 * @param options `force` deletes it although no other branch has all of its commits; `undo` brings it back.
 * @throws `BRANCH_NOT_FOUND`, `BRANCH_IN_USE`, `BRANCH_NOT_MERGED`
 */
export async function deleteBranch(
  world: EnvironmentWorld,
  name: string,
  { force = false, dryRun = false }: BranchOptions & { readonly force?: boolean } = {},
): Promise<BranchChange> {
  if (!dryRun) await settleInterrupted(world, "branch");
  const planned = await planDelete(world, name, force);
  if (dryRun) return planned;
  return await changeEnvironment(world, { command: "branch" }, async (transaction) => {
    const decided = await planDelete(world, name, force);
    await moveBranch(world, transaction, name);
    return decided;
  });
}

async function planDelete(
  world: EnvironmentWorld,
  name: string,
  force: boolean,
): Promise<BranchChange> {
  const { git, environment } = world;
  const { branches, remote } = await listBranches(world);
  const found = branches.find((branch) => branch.name === name);
  if (!found) throw branchNotFound(world, name);
  const { commit, current } = found;
  if (current) {
    throw new ComfydockError(
      branchErrors.BRANCH_IN_USE,
      `Cannot delete the branch "${name}": "${environment.name}" is on it`,
      { hint: `Run comfydock switch to another one first, see comfydock branch` },
    );
  }
  const others = [...branches.filter((branch) => branch.name !== name), ...remote];
  for (const other of force ? [] : others) {
    if (await git.mergeBase(environment.cec, commit, other.commit) === commit) {
      return { name, commit };
    }
  }
  if (force) return { name, commit };
  throw new ComfydockError(
    branchErrors.BRANCH_NOT_MERGED,
    `Cannot delete the branch "${name}": no other branch has all of its commits`,
    {
      hint: `Run comfydock merge ${name} first, or comfydock branch --delete ${name} --force`,
      details: { name, commit },
    },
  );
}

/**
 * Sets a branch to a commit, or deletes it, as a part of a transaction that can take it back.
 *
 * @param commit Absent to delete it.
 */
export async function moveBranch(
  { git, environment: { name: environment, cec }, checkpoints }: EnvironmentWorld,
  transaction: Transaction,
  name: string,
  commit?: string,
): Promise<void> {
  const ref = branchRef(name);
  const before = await git.resolve(cec, ref);
  await transaction.note(GIT_REF_NOTE, { environment, ref, commit: before });
  checkpoints.reach("environment:branch-noted");
  await git.setRef(cec, ref, commit);
  checkpoints.reach("environment:branch-moved");
}
