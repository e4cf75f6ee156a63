import { sep } from "node:path";
import { baseErrors, ComfydockError, fileError, isKind, noCheckpoints } from "../../base/mod.ts";
import { entriesIn, lookAt } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { trashContent } from "../trash/mod.ts";
import { retire } from "./finish.ts";
import { readJournal } from "./journal_file.ts";
import { backupPath, placeIn, undoDirectory } from "./place.ts";
import type { FileRecord, Keep, NoteRecord } from "./records.ts";
import { transact } from "./transaction.ts";
import type { JournalContext, Transaction } from "./types.ts";

// The scope of what belongs to no environment.
const WORKSPACE_SCOPE = "workspace";
const UNDO = "undo of ";

/** One change that takes back a change. */
export type UndoStep =
  | {
    readonly kind: "restore";
    readonly target: string;
    /** Where the old content lies. */
    readonly from: string;
    readonly keep: Keep;
  }
  | { readonly kind: "remove"; readonly target: string; readonly keep: Keep }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  /** A directory that the command made is removed, if nothing else is in it now. */
  | { readonly kind: "prune"; readonly directory: string }
  | { readonly kind: "note"; readonly note: NoteRecord };

/** What `undo` would do. */
export interface UndoPlan {
  readonly id: string;
  /** The command that is taken back. */
  readonly command: string;
  readonly scope: string;
  /** When that command ended; ISO 8601. */
  readonly at: string;
  /** The locks that guard what is changed. */
  readonly locks: readonly string[];
  readonly steps: readonly UndoStep[];
}

/** The scopes (environments, or `workspace`) that have a command to take back. */
export async function listUndoScopes(layout: WorkspaceLayout): Promise<readonly string[]> {
  return (await entriesIn(layout.undo)).map(({ name }) => name);
}

/**
 * Lets go of what `undo` could take back in a scope that is about to be no more; what a user made goes to the trash.
 *
 * @param context Holds the locks that guard the scope.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function forgetUndo(context: JournalContext, scope: string): Promise<void> {
  const { layout, checkpoints = noCheckpoints } = context;
  const directory = undoDirectory(layout, scope);
  if (await lookAt(directory)) await retire(layout, directory, checkpoints);
}

/**
 * Decides how the last command that changed a scope is taken back.
 *
 * @param scope The name of an environment, or `workspace`.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `JOURNAL_DAMAGED`
 */
export async function planUndo(layout: WorkspaceLayout, scope: string): Promise<UndoPlan> {
  const directory = undoDirectory(layout, scope);
  const journal = await readJournal(layout.root, directory);
  if (!journal) {
    throw new ComfydockError(
      workspaceErrors.UNDO_NOTHING,
      `Cannot undo in "${scope}": no command has changed it since the last one was let go`,
      {
        hint: scope === WORKSPACE_SCOPE
          ? "Run comfydock trash list to see what was moved away"
          : `Run comfydock log --env ${scope} for older states`,
        details: { scope },
      },
    );
  }
  const { id, command, locks } = journal.begin;
  const commit = journal.lines.find(({ record }) => record.op === "commit")?.record;
  const at = commit?.op === "commit" ? commit.at : journal.begin.at;
  const steps: UndoStep[] = [];
  const notes: UndoStep[] = [];
  const moves: Move[] = [];
  for (const { record, undone } of journal.lines.toReversed()) {
    if (undone || record.op === "commit" || record.op === "begin") continue;
    if (record.op === "note") notes.push({ kind: "note", note: record });
    else {
      const place = moves.reduce(follow, "target" in record ? record.target : "");
      steps.push(...await invert(layout, directory, record, { at, place }));
    }
    if (record.op === "move") moves.unshift(record);
  }
  // States outside the files are noted first, and return after the files.
  return { id, command, scope, at, locks, steps: [...notes, ...steps] };
}

type Move = FileRecord & { readonly op: "move" };

/** Where a path is after something was moved. */
function follow(path: string, { from, to }: Move): string {
  return path === from || path.startsWith(from + sep) ? to + path.slice(from.length) : path;
}

async function invert(
  layout: WorkspaceLayout,
  directory: string,
  record: FileRecord,
  // Later moves took along what the record is about.
  { at, place }: { readonly at: string; readonly place: string },
): Promise<readonly UndoStep[]> {
  switch (record.op) {
    case "replace":
    case "remove": {
      if (record.op === "replace" && !record.had) {
        const keep = await keepOf(place, record.keep, at);
        return [{ kind: "remove", target: record.target, keep }, ...prune(record.made)];
      }
      // What was not kept comes back by a note, if at all.
      if (record.keep === "none") return [];
      const from = backupPath(placeIn(directory), record.n);
      await require(from, `the old "${record.target}" is gone`, at);
      const keep = await keepOf(place, record.keep, at);
      return [{ kind: "restore", target: record.target, from, keep }];
    }
    case "move":
      return [{ kind: "move", from: record.to, to: record.from }, ...prune(record.made)];
    case "trash": {
      const from = trashContent(layout, record.entry, record.target);
      await require(from, `"${record.target}" is no longer in the trash`, at);
      return [{ kind: "move", from, to: record.target }];
    }
  }
}

function prune(made: readonly string[]): readonly UndoStep[] {
  return made.toReversed().map((directory) => ({ kind: "prune", directory }));
}

async function require(path: string, why: string, at: string): Promise<void> {
  if (!await lookAt(path)) throw impossible(why, { at });
}

/** When the command ended stands in the details, so that a newer one can be told from it. */
function impossible(why: string, facts: { at?: string; cause?: unknown }): ComfydockError {
  return new ComfydockError(
    workspaceErrors.UNDO_IMPOSSIBLE,
    `Cannot undo the last command: ${why}`,
    {
      hint: "Run comfydock rollback to return to a commit instead",
      details: { why, at: facts.at },
      cause: facts.cause,
    },
  );
}

/** What was not touched since the command can be had again by repeating it; all else goes to the trash one day. */
async function keepOf(target: string, keep: Keep, at: string): Promise<Keep> {
  const info = await lookAt(target);
  const untouched = info?.isFile === true && info.mtime !== null &&
    info.mtime.getTime() <= Date.parse(at);
  return untouched ? keep : "trash";
}

/**
 * Takes back the last command, as a transaction of its own, so that another `undo` does the command again.
 *
 * @param plan From {@linkcode planUndo}, made while holding the locks that it names.
 * @throws `UNDO_IMPOSSIBLE`, `FILE_UNWRITABLE`, `DISK_FULL`, and what handlers throw
 */
export async function applyUndo(context: JournalContext, plan: UndoPlan): Promise<void> {
  const missing = plan.locks.find((lock) => !context.locks.some(({ name }) => name === lock));
  if (missing) {
    throw new ComfydockError(baseErrors.INTERNAL, `An undo needs the lock "${missing}"`);
  }
  const { command } = plan;
  // To take back an undo is to do the command again.
  const again = command.startsWith(UNDO) ? command.slice(UNDO.length) : `${UNDO}${command}`;
  const request = { ...context, scope: plan.scope, command: again };
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
