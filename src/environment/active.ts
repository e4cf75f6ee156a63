import {
  ACTIVE_NOTE,
  type JournalContext,
  readWorkspaceFile,
  type Transaction,
  updateWorkspace,
  withActive,
  WORKSPACE_LOCK,
} from "../workspace/mod.ts";

/**
 * Makes an environment the active one, or none, as a part of a transaction that holds the lock of the workspace.
 *
 * Undone, it returns to the one before, unless somebody has chosen another since.
 *
 * @param name The environment, or `undefined` for none.
 * @throws `WORKSPACE_INVALID`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function changeActive(
  { layout, locks, checkpoints }: JournalContext,
  transaction: Transaction,
  name: string | undefined,
): Promise<void> {
  const { activeEnvironment: before } = await readWorkspaceFile(layout);
  if (before === name) return;
  await transaction.note(ACTIVE_NOTE, { before, after: name });
  const lock = locks.find((held) => held.name === WORKSPACE_LOCK)!;
  await updateWorkspace(layout, lock, (facts) => withActive(facts, name));
  checkpoints?.reach("environment:active");
}
