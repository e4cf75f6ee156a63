import { dirname } from "node:path";
import { type Checkpoints, ComfydockError, fileError } from "../../base/mod.ts";
import { lookAt, measureTrees, movePath, removeTree, syncDirectory } from "../disk/mod.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { newTrashId, prepareTrashEntry, trashContent } from "../trash/mod.ts";
import { type JournalFile, type JournalLine, readJournal } from "./journal_file.ts";
import { earlierLink } from "./links.ts";
import { backupPath, environmentOfScope, goneDirectory, placeIn, undoDirectory } from "./place.ts";
import { undoStep } from "./steps.ts";
import type { NoteHandlers, PendingNote } from "./types.ts";

/** What finishing a transaction, one way or the other, needs to know. */
export interface FinishContext {
  readonly layout: WorkspaceLayout;
  readonly directory: string;
  readonly journal: JournalFile;
  readonly handlers: NoteHandlers;
  readonly checkpoints: Checkpoints;
}

/**
 * Takes back all records of a transaction, the last first: files, then notes.
 *
 * @returns The notes whose handlers failed; with none, nothing of the transaction is left.
 */
export async function takeBack(context: FinishContext): Promise<readonly PendingNote[]> {
  const { layout, directory, journal, checkpoints } = context;
  const step = { layout, place: placeIn(directory), begin: journal.begin, checkpoints };
  checkpoints.reach("journal:returning");
  const open = journal.lines.filter(({ undone }) => !undone).reverse();
  for (const line of open) {
    const { record } = line;
    if (record.op === "note" || record.op === "begin" || record.op === "commit") continue;
    await undoStep(step, record);
    checkpoints.reach(`journal:undoing:${record.n}`);
    mark(journal, line);
    checkpoints.reach(`journal:undone:${record.n}`);
  }
  const pending = await takeBackNotes(context, open);
  journal.close();
  if (pending.length === 0) await discard(layout, directory, checkpoints);
  return pending;
}

async function takeBackNotes(
  { journal, handlers, checkpoints }: FinishContext,
  lines: readonly JournalLine[],
): Promise<readonly PendingNote[]> {
  const pending: PendingNote[] = [];
  for (const line of lines) {
    const { record } = line;
    if (record.op !== "note") continue;
    const handler = Object.hasOwn(handlers, record.kind) ? handlers[record.kind] : undefined;
    try {
      if (!handler) throw new Error(`Nothing here can bring back "${record.kind}"`);
      await handler.restore(record.data);
      mark(journal, line);
      checkpoints.reach(`journal:undone:${record.n}`);
    } catch (error) {
      const { id: transaction, command, scope } = journal.begin;
      pending.push({ transaction, command, scope, kind: record.kind, data: record.data, error });
    }
  }
  return pending;
}

/** Marks are a help for the next try only; a disk that refuses them must not keep files from coming back. */
function mark(journal: JournalFile, line: JournalLine): void {
  try {
    journal.markUndone(line);
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
  }
}

/**
 * Ends a transaction that holds: it becomes the one that `undo` takes back; the former one goes with it if it belongs to
 * the same command, else it is let go.
 */
export async function settle(context: FinishContext): Promise<void> {
  const { layout, directory, journal, checkpoints } = context;
  const place = placeIn(directory);
  await removeTree(place.stage);
  for (const { record, undone } of journal.lines) {
    if (!undone && "keep" in record && record.keep === "none") {
      await removeTree(backupPath(place, record.n));
    }
  }
  const { scope, undoable, follows } = journal.begin;
  journal.close();
  if (!undoable) return await retire(layout, directory, checkpoints);
  const kept = undoDirectory(layout, scope);
  if (await lookAt(kept)) {
    const former = follows === undefined ? undefined : await readJournal(layout.root, kept);
    // Transactions of one command stay together.
    if (follows !== undefined && former?.begin.id === follows) {
      await movePath(kept, earlierLink(directory));
    } else await retire(layout, kept, checkpoints);
  }
  checkpoints.reach("journal:retired");
  try {
    await Deno.mkdir(dirname(kept), { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", dirname(kept), error);
  }
  await movePath(directory, kept);
  checkpoints.reach("journal:kept");
}

/** Lets go of a transaction that held, and of those before it of the same command: old things that a user made go to the trash, the others are deleted. */
export async function retire(
  layout: WorkspaceLayout,
  directory: string,
  checkpoints: Checkpoints,
): Promise<void> {
  const earlier = earlierLink(directory);
  if (await lookAt(earlier)) await retire(layout, earlier, checkpoints);
  const journal = await readJournal(layout.root, directory);
  const place = placeIn(directory);
  for (const { record, undone } of journal?.lines ?? []) {
    if (undone || !("keep" in record) || record.keep !== "trash") continue;
    const backup = backupPath(place, record.n);
    // Directories that a command made and nobody filled are no loss.
    if ((await measureTrees([backup])).files === 0) continue;
    const { command, at, scope } = journal!.begin;
    const id = newTrashId(at);
    const environment = environmentOfScope(scope);
    await prepareTrashEntry(layout, id, record.target, { command, at, environment }, backup);
    await movePath(backup, trashContent(layout, id, record.target));
    checkpoints.reach(`journal:retiring:${record.n}`);
  }
  await discard(layout, directory, checkpoints);
}

/** Deletes the directory of a transaction; the rename makes sure that a half-deleted one is never read. */
export async function discard(
  layout: WorkspaceLayout,
  directory: string,
  checkpoints: Checkpoints,
): Promise<void> {
  const gone = goneDirectory(layout);
  await movePath(directory, gone);
  checkpoints.reach("journal:discarding");
  await removeTree(gone);
  await syncDirectory(layout.journal);
}
