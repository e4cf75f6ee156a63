import { type LockOwner, withLocks } from "../locks/mod.ts";
import { recover, refusePending } from "./recover.ts";
import { transact } from "./transaction.ts";
import { applyUndo, planUndo, type UndoPlan } from "./undo.ts";
import type { JournalContext, Transaction, TransactionRequest } from "./types.ts";

/** A command that changes something, and what it must have for itself meanwhile. */
export interface ChangeRequest extends Omit<TransactionRequest, "locks"> {
  /** The names of the locks to take. */
  readonly locks: readonly string[];
  /** How long to wait for their holders, in milliseconds. */
  readonly lockTimeoutMs: number;
  readonly onWait?: (owner: LockOwner | undefined) => void;
  readonly signal?: AbortSignal;
}

/**
 * Does all that surrounds a change: locks, recovery of what was cut off before, the transaction, release.
 *
 * @param work Decides from what is on disk now, and changes files by the transaction alone.
 * @throws `LOCKED`, `JOURNAL_PENDING`, `JOURNAL_DAMAGED`, and what {@linkcode transact} throws
 */
export async function change<Result>(
  request: ChangeRequest,
  work: (transaction: Transaction, context: JournalContext) => Promise<Result>,
): Promise<Result> {
  const { layout, command, lockTimeoutMs: timeoutMs, onWait, clock, signal } = request;
  const options = { command, timeoutMs, onWait, clock, signal };
  return await withLocks(layout, request.locks, options, async (locks) => {
    const context = { ...request, locks };
    refusePending(await recover(context));
    return await transact(context, (transaction) => work(transaction, context));
  });
}

/**
 * Takes back the last command that changed a scope; called once more, it does that command again.
 *
 * @param request Its scope is an environment's name or `workspace`.
 * @returns What was taken back.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `LOCKED`, `JOURNAL_PENDING`
 */
export async function undoLast(
  request: Omit<ChangeRequest, "locks" | "command" | "undoable">,
): Promise<UndoPlan> {
  const { layout, scope, lockTimeoutMs: timeoutMs, onWait, clock, signal } = request;
  const { locks: names } = await planUndo(layout, scope);
  const options = { command: "undo", timeoutMs, onWait, clock, signal };
  return await withLocks(layout, names, options, async (locks) => {
    const context = { ...request, locks };
    refusePending(await recover(context));
    const plan = await planUndo(layout, scope);
    await applyUndo(context, plan);
    return plan;
  });
}
