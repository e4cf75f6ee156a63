import { type GitStatus, type GitStatusEntry, headByStatus } from "../../tools/git/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { GIT_HEAD_NOTE } from "../notes.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";

/**
 * Notes where HEAD and the index of `.cec` stand, before either is changed.
 *
 * @param status What git says of `.cec` now, where it was asked already.
 */
export async function noteHead(
  world: EnvironmentWorld,
  transaction: Transaction,
  status?: GitStatus,
): Promise<void> {
  const { environment: { name, cec }, git, checkpoints } = world;
  const head = (status && headByStatus(status)) ?? await git.readHead(cec);
  await transaction.note(GIT_HEAD_NOTE, { environment: name, ...head });
  checkpoints.reach("environment:head-noted");
}

// A command line has its limits; more than these files are staged by a command of their own.
const MOST_AT_ONCE = 50;

/** What is not committed in `.cec`, by path. */
export async function uncommitted(world: EnvironmentWorld): Promise<readonly GitStatusEntry[]> {
  return notIgnored(await world.git.status(world.environment.cec));
}

function notIgnored({ entries }: GitStatus): readonly GitStatusEntry[] {
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
  const status = await git.status(cec);
  const wanted = notIgnored(status).filter(({ path }) => paths?.includes(path) ?? true);
  if (wanted.length === 0) return undefined;
  await noteHead(world, transaction, status);
  const known = paths && wanted.length <= MOST_AT_ONCE &&
    wanted.every(({ kind, index }) => kind === "changed" && index === ".");
  const files = wanted.map(({ path }) => path);
  if (!known) await git.add(cec, paths && files);
  checkpoints.reach("environment:staged");
  const commit = await git.commit(cec, message, { paths: known ? files : undefined });
  checkpoints.reach("environment:committed");
  return commit;
}
