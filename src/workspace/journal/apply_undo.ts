import { baseErrors, ComfydockError, fileError, isKind } from "../../base/mod.ts";
import { entriesIn, lookAt } from "../disk/mod.ts";
import type { CommandChain } from "./links.ts";
import type { NoteRecord } from "./records.ts";
import { transact } from "./transaction.ts";
import type { JournalContext, Transaction } from "./types.ts";
import { impossible, type UndoPlan, type UndoStep } from "./undo.ts";

const UNDO = "undo of ";

/**
 * Takes back the last command, as a transaction of its own, so that another `undo` does the command again.
 *
 * @param plan From `planUndo`, made while holding the locks that it names.
 * @param within The command that takes back a part of what it did itself; nothing is left of that part to do again.
 * @throws `UNDO_IMPOSSIBLE`, `FILE_UNWRITABLE`, `DISK_FULL`, and what handlers throw
 */
export async function applyUndo(
  context: JournalContext,
  plan: UndoPlan,
  within?: CommandChain,
): Promise<void> {
  const missing = plan.locks.find((lock) => !context.locks.some(({ name }) => name === lock));
  if (missing) {
    throw new ComfydockError(baseErrors.INTERNAL, `An undo needs the lock "${missing}"`);
  }
  const { command, scope } = plan;
  // To take back an undo is to do the command again.
  const again = command.startsWith(UNDO) ? command.slice(UNDO.length) : `${UNDO}${command}`;
  const cancels = within ? plan.transactions : undefined;
  const request = { ...context, scope, command: again, undoable: true, chain: within, cancels };
  await transact(request, async (transaction) => {
    for (const step of plan.steps) await applyUndoStep(context, transaction, step);
    for (const step of plan.steps) {
      if (step.kind === "note") await handlerOf(context, step.note).restore(step.note.data);
    }
  });
}

async function applyUndoStep(
  context: JournalContext,
  transaction: Transaction,
  step: UndoStep,
): Promise<void> {
  switch (step.kind) {
    case "restore":
      return await transaction.replace(step.target, step.from, { keep: step.keep });
    case "remove":
      return await transaction.remove(step.target, { keep: step.keep });
    case "prune":
      if ((await lookAt(step.directory))?.isDirectory && await isEmpty(step.directory)) {
        await transaction.remove(step.directory);
      }
      return;
    case "move":
      try {
        return await transaction.move(step.from, step.to);
      } catch (error) {
        if (isKind(error, baseErrors.DISK_FULL)) throw error;
        throw impossible(fileError("Cannot move", step.from, error).message, { cause: error });
      }
    case "note": {
      const { kind, data } = step.note;
      return await transaction.note(kind, await handlerOf(context, step.note).capture(data));
    }
  }
}

async function isEmpty(directory: string): Promise<boolean> {
  return (await entriesIn(directory)).length === 0;
}

function handlerOf(context: JournalContext, { kind }: NoteRecord) {
  const handler = Object.hasOwn(context.handlers, kind) ? context.handlers[kind] : undefined;
  if (handler) return handler;
  throw new ComfydockError(baseErrors.INTERNAL, `Nothing here can bring back "${kind}"`);
}
