import type { GitStatusEntry } from "../../tools/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { GIT_HEAD_NOTE } from "../notes.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";

/** Notes where HEAD and the index of `.cec` stand, before either is changed. */
export async function noteHead(world: EnvironmentWorld, transaction: Transaction): Promise<void> {
  const { environment: { name, cec }, git, checkpoints } = world;
  await transaction.note(GIT_HEAD_NOTE, { environment: name, ...await git.readHead(cec) });
  checkpoints.reach("environment:head-noted");
}

/** What is not committed in `.cec`, by path. */
export async function uncommitted(world: EnvironmentWorld): Promise<readonly GitStatusEntry[]> {
  const { entries } = await world.git.status(world.environment.cec);
  return entries.filter(({ kind }) => kind !== "ignored");
}

/** Whether there is a history, and these files differ in nothing from it: what people have not committed is theirs to name. */
export async function isCommitted(
  world: EnvironmentWorld,
  paths: readonly string[],
): Promise<boolean> {
  if (!await hasRepository(world.environment.cec)) return false;
  return !(await uncommitted(world)).some(({ path }) => paths.includes(path));
}

/**
 * Commits changes in `.cec`, as a part of a transaction.
 *
 * @param paths What to commit; default everything.
 * @returns The commit; nothing when there is nothing to commit.
 * @throws git's errors
 */
export async function commitChanges(
  world: EnvironmentWorld,
  transaction: Transaction,
  message: string,
  paths?: readonly string[],
): Promise<string | undefined> {
  const { environment: { cec }, git, checkpoints } = world;
  const entries = await uncommitted(world);
  const wanted = entries.filter(({ path }) => paths?.includes(path) ?? true);
  if (wanted.length === 0) return undefined;
  await noteHead(world, transaction);
  await git.add(cec, paths && wanted.map(({ path }) => path));
  checkpoints.reach("environment:staged");
  const commit = await git.commit(cec, message);
  checkpoints.reach("environment:committed");
  return commit;
}
