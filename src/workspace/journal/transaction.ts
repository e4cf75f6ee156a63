import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  fileError,
  type JsonRecord,
  noCheckpoints,
  systemClock,
} from "../../base/mod.ts";
import { lookAt, syncDirectory } from "../disk/mod.ts";
import { newTrashId } from "../trash/mod.ts";
import { type FinishContext, settle, takeBack } from "./finish.ts";
import { createJournal } from "./journal_file.ts";
import { journalName, journalPlace, newTransactionId, placeIn } from "./place.ts";
import type { BeginRecord, FileRecord } from "./records.ts";
import { stageFile } from "./stage_file.ts";
import { applyStep, missingParents, type StepContext, undoStep } from "./steps.ts";
import type { ChangeOptions, Transaction, TransactionRequest } from "./types.ts";

/**
 * Runs work whose changes of files all hold, or are all taken back: on failure at once, after a crash by `recover`.
 *
 * @param request What is changed and by which command; the locks that guard it must be held, and `recover` have been called.
 * @param work Changes files by the transaction alone.
 * @throws What the work throws, after its changes have been taken back; `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function transact<Result>(
  request: TransactionRequest,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const context = await begin(request);
  let result: Result;
  try {
    const { transaction, settled } = transactionOn(request, context);
    result = await work(transaction);
    await settled();
    context.journal.append({ op: "commit", at: timeOf(request) });
    if (context.journal.begin.undoable) {
      request.chain?.last.set(request.scope, context.journal.begin.id);
    }
  } catch (error) {
    await takeBackOrWarn(request, context);
    throw error;
  }
  context.checkpoints.reach("journal:committed");
  await settleOrWarn(request, context);
  return result;
}

function timeOf({ clock = systemClock }: TransactionRequest): string {
  return new Date(clock.now()).toISOString();
}

async function begin(request: TransactionRequest): Promise<FinishContext> {
  const { layout, locks, scope, chain, clock = systemClock, checkpoints = noCheckpoints } = request;
  const [lock] = locks;
  if (!lock) throw new ComfydockError(baseErrors.INTERNAL, "A transaction needs a lock");
  const id = newTransactionId(clock.now());
  const place = journalPlace(layout, journalName(id, lock.name));
  const record: BeginRecord = {
    op: "begin",
    id,
    command: request.command,
    scope,
    locks: locks.map(({ name }) => name),
    at: timeOf(request),
    undoable: request.undoable ?? true,
    whole: chain?.command === request.command ? undefined : chain?.command,
    follows: chain?.last.get(scope),
    cancels: request.cancels,
  };
  try {
    await Deno.mkdir(place.backups, { recursive: true });
    await Deno.mkdir(place.stage);
    await syncDirectory(layout.journal);
  } catch (error) {
    throw fileError("Cannot create the journal", place.directory, error);
  }
  checkpoints.reach("journal:made");
  const journal = await createJournal(layout.root, place.directory, record);
  checkpoints.reach("journal:begun");
  return {
    layout,
    directory: place.directory,
    journal,
    handlers: request.handlers,
    checkpoints,
  };
}

async function takeBackOrWarn(
  { reporter }: TransactionRequest,
  context: FinishContext,
): Promise<void> {
  try {
    const pending = await takeBack(context);
    for (const note of pending) {
      reporter?.emit({
        kind: "warned",
        code: "JOURNAL_PENDING",
        message: `Not brought back yet: ${note.kind}; run comfydock repair`,
      });
    }
  } catch (error) {
    // What the command failed of is told; the journal stays, and the next command goes on with it.
    const why = error instanceof Error ? error.message : String(error);
    reporter?.emit({
      kind: "warned",
      code: "JOURNAL_PENDING",
      message: `Not all could be taken back, the next command goes on with it: ${why}`,
    });
  } finally {
    context.journal.close();
  }
}

async function settleOrWarn({ reporter }: TransactionRequest, context: FinishContext) {
  try {
    await settle(context);
  } catch (error) {
    // The changes hold; what is left over is cleared by the next command.
    const why = error instanceof Error ? error.message : String(error);
    const message = `Not all old files could be cleared away, the next command does: ${why}`;
    reporter?.emit({ kind: "warned", code: "JOURNAL_PENDING", message });
  } finally {
    context.journal.close();
  }
}

interface OpenTransaction {
  readonly transaction: Transaction;
  /** Waits for the calls under way; throws when one left things half-done. */
  settled(): Promise<void>;
}

function transactionOn(request: TransactionRequest, context: FinishContext): OpenTransaction {
  const { layout, journal, checkpoints } = context;
  const place = placeIn(context.directory);
  const step: StepContext = { layout, place, begin: journal.begin, checkpoints };
  let last = 0;
  let staged = 0;
  let broken: unknown;
  let queue: Promise<unknown> = Promise.resolve();
  // Calls run one after another, because a record says what the disk was like just before its effect.
  const inTurn = (call: () => Promise<void>) => {
    const turn = queue.then(call);
    queue = turn.catch(() => {});
    return turn;
  };
  const carryOut = async (record: FileRecord) => {
    if (broken !== undefined) throw broken;
    const line = journal.append(record);
    checkpoints.reach(`journal:record:${record.n}`);
    try {
      await applyStep(step, record);
    } catch (error) {
      // The work may go on without this change, so it must not stay half-done.
      broken = error;
      await undoStep(step, record);
      journal.markUndone(line);
      broken = undefined;
      throw error;
    }
  };
  const stagePath = () => Promise.resolve(join(place.stage, `${++staged}`));
  const replace = async (target: string, from: string, { keep = "undo" }: ChangeOptions) => {
    if (!await lookAt(from)) throw fileError("Cannot move", from, new Deno.errors.NotFound());
    const had = await lookAt(target) !== undefined;
    const made = await missingParents(target);
    await carryOut({ op: "replace", n: ++last, target, staged: from, had, keep, made });
  };
  const transaction: Transaction = {
    id: journal.begin.id,
    stagePath,
    replace: (target, from, options = {}) => inTurn(() => replace(target, from, options)),
    remove: (target, { keep = "undo" } = {}) =>
      inTurn(async () => {
        if (await lookAt(target)) await carryOut({ op: "remove", n: ++last, target, keep });
      }),
    writeFile: (target, content, options = {}) =>
      inTurn(async () => {
        const from = await stagePath();
        await stageFile(from, content, await lookAt(target));
        await replace(target, from, options);
      }),
    move: (from, to) =>
      inTurn(async () => {
        if (!await lookAt(from)) throw fileError("Cannot move", from, new Deno.errors.NotFound());
        if (await lookAt(to)) throw fileError("Cannot move to", to, new Error("it exists"));
        await carryOut({ op: "move", n: ++last, from, to, made: await missingParents(to) });
      }),
    trash: (target) =>
      inTurn(async () => {
        if (!await lookAt(target)) return;
        const entry = newTrashId(timeOf(request));
        await carryOut({ op: "trash", n: ++last, target, entry });
      }),
    note: (kind: string, data: JsonRecord) =>
      inTurn(() => {
        journal.append({ op: "note", n: ++last, kind, data });
        checkpoints.reach(`journal:record:${last}`);
        return Promise.resolve();
      }),
  };
  return {
    transaction,
    async settled() {
      await queue;
      if (broken !== undefined) throw broken;
    },
  };
}
