import { type LockOwner, withLocks } from "../locks/mod.ts";
import type { CommandChain } from "./links.ts";
import { recover, refusePending } from "./recover.ts";
import { transact } from "./transaction.ts";
import { applyUndo } from "./apply_undo.ts";
import { impossible, planUndo, type UndoPlan } from "./undo.ts";
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

/** Whose last command is taken back. */
export type UndoRequest = Omit<
  ChangeRequest,
  "locks" | "command" | "undoable" | "chain" | "cancels"
>;

/**
 * Takes back the last command that changed a scope; called once more, it does that command again.
 *
 * @param request Its scope is an environment's name or `workspace`.
 * @returns What was taken back.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `LOCKED`, `JOURNAL_PENDING`
 */
export async function undoLast(
  request: UndoRequest,
): Promise<UndoPlan> {
  return await takeBack(request, {});
}

/**
 * Takes back what a command did itself since a point, because it cannot end well; what it did before stays to be undone.
 *
 * @param chain Of the command.
 * @param since Id of the transaction that stays; without one, all of the command is taken back.
 * @returns What was taken back.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `LOCKED`, `JOURNAL_PENDING`
 */
export async function takeBackSince(
  request: UndoRequest,
  chain: CommandChain,
  since: string | undefined,
): Promise<UndoPlan> {
  return await takeBack(request, { chain, since });
}

async function takeBack(
  request: UndoRequest,
  { chain, since }: { readonly chain?: CommandChain; readonly since?: string },
): Promise<UndoPlan> {
  const { layout, scope, lockTimeoutMs: timeoutMs, onWait, clock, signal } = request;
  const { locks: names } = await planUndo(layout, scope, { since });
  const options = { command: "undo", timeoutMs, onWait, clock, signal };
  return await withLocks(layout, names, options, async (locks) => {
    const context = { ...request, locks };
    refusePending(await recover(context));
    const plan = await planUndo(layout, scope, { since });
    if (chain && plan.transactions[0] !== chain.last.get(scope)) {
      throw impossible(`"comfydock ${plan.command}" came between`, { at: plan.at });
    }
    await applyUndo(context, plan, chain);
    return plan;
  });
}
