import { join } from "node:path";
import { ComfydockError, isKind, noCheckpoints } from "../../base/mod.ts";
import { entriesIn, removeTree } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import { acquireLock, type HeldLock } from "../locks/mod.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { discard, settle, takeBack } from "./finish.ts";
import { openJournal } from "./journal_file.ts";
import { environmentOfScope, isGone, lockOfJournal } from "./place.ts";
import type { JournalContext, PendingNote, RecoveredTransaction, RecoveryReport } from "./types.ts";

/**
 * Brings every transaction that was cut off to an end: back, or forward if it had been committed.
 *
 * Transactions that other locks guard are ended too where those locks are free; where one is held, its holder does it.
 * Every command that changes something calls this first.
 *
 * @throws `JOURNAL_DAMAGED`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function recover(context: JournalContext): Promise<RecoveryReport> {
  const report = { undone: [], finished: [], pending: [] };
  // The latest first: what it changed may stand on what an earlier one changed.
  for (const { name } of (await entriesIn(context.layout.journal)).toReversed()) {
    const directory = join(context.layout.journal, name);
    if (isGone(name)) await removeTree(directory);
    else await recoverGuarded(context, name, directory, report);
  }
  return report;
}

interface OpenReport {
  readonly undone: RecoveredTransaction[];
  readonly finished: RecoveredTransaction[];
  readonly pending: PendingNote[];
}

async function recoverGuarded(
  context: JournalContext,
  name: string,
  directory: string,
  report: OpenReport,
): Promise<void> {
  const borrowed: HeldLock[] = [];
  const guarded = async (locks: readonly string[]) => {
    for (const lock of locks) {
      if ([...context.locks, ...borrowed].some((held) => held.name === lock)) continue;
      const taken = await borrow(context, lock);
      if (!taken) return false;
      borrowed.push(taken);
    }
    return true;
  };
  try {
    if (!await guarded([lockOfJournal(name)])) return;
    await recoverOne(context, directory, guarded, report);
  } finally {
    for (const lock of borrowed) await lock.release();
  }
}

async function borrow(context: JournalContext, lock: string): Promise<HeldLock | undefined> {
  try {
    return await acquireLock(context.layout, lock, { command: "repair", timeoutMs: 0 });
  } catch (error) {
    if (isKind(error, workspaceErrors.LOCKED)) return undefined;
    throw error;
  }
}

async function recoverOne(
  { layout, handlers, checkpoints = noCheckpoints }: JournalContext,
  directory: string,
  guarded: (locks: readonly string[]) => Promise<boolean>,
  report: OpenReport,
): Promise<void> {
  const journal = await openJournal(layout.root, directory);
  // Without a first record nothing has been changed yet.
  if (!journal) return await discard(layout, directory, checkpoints);
  const { id, command, scope, locks } = journal.begin;
  try {
    if (!await guarded(locks)) return;
    const context = { layout, directory, journal, handlers, checkpoints };
    if (journal.lines.some(({ record }) => record.op === "commit")) {
      await settle(context);
      report.finished.push({ id, command, scope });
    } else {
      const pending = await takeBack(context);
      report.pending.push(...pending);
      if (pending.length === 0) report.undone.push({ id, command, scope });
    }
  } finally {
    journal.close();
  }
}

/** Whether no command is at work in a workspace, and none was cut off: what is on disk is then whole. */
export async function isUndisturbed(layout: WorkspaceLayout): Promise<boolean> {
  return (await entriesIn(layout.journal)).every(({ name }) => isGone(name));
}

/**
 * Refuses to go on while something outside the files has not been brought back.
 *
 * @throws `JOURNAL_PENDING`
 */
export function refusePending({ pending }: RecoveryReport): void {
  const [first] = pending;
  if (!first) return;
  const why = first.error instanceof Error ? first.error.message : String(first.error);
  throw new ComfydockError(
    workspaceErrors.JOURNAL_PENDING,
    `Cannot go on: "comfydock ${first.command}" was interrupted and ${first.kind} is not back yet: ${why}`,
    {
      hint: environmentOfScope(first.scope) === undefined
        ? "Run comfydock doctor --fix"
        : `Run comfydock repair --env ${first.scope}`,
      details: {
        pending: pending.map(({ transaction, kind, data }) => ({ transaction, kind, data })),
      },
      cause: first.error,
    },
  );
}

/**
 * Lets go of notes that cannot be brought back, because the caller has brought about a good state by other means.
 *
 * @param context Holds the locks that guard the transaction.
 * @param transaction The id of the transaction whose notes are pending.
 */
export async function forgetPending(context: JournalContext, transaction: string): Promise<void> {
  for (const { name } of await entriesIn(context.layout.journal)) {
    if (!name.startsWith(`${transaction}~`)) continue;
    await discard(
      context.layout,
      join(context.layout.journal, name),
      context.checkpoints ?? noCheckpoints,
    );
  }
}
