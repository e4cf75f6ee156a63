import { join } from "node:path";
import { exists, fileError, removeIfThere, sha256Of } from "../../base/mod.ts";
import {
  type ChangeJournal,
  journalFile,
  type JournalStep,
  readJournal,
  removeJournal,
} from "./journal.ts";
import { tryLock } from "./lock.ts";
import { requireInside } from "./places.ts";
import { clearStaged, swap } from "./swap.ts";
import type { EndedChanges } from "./types.ts";

/**
 * Brings changes to an end in whose midst a process ended: forward where their new contents were all on disk, else what
 * was prepared is cleared away. A process that is still at work is left to it.
 *
 * @param root Absolute path of the directory that the changes are below.
 * @returns Nothing where no process was interrupted.
 * @throws `E_BAD_JOURNAL`, `E_BAD_REPOSITORY`, `FILE_UNWRITABLE`
 */
export async function endInterrupted(root: string): Promise<EndedChanges | undefined> {
  if (!await exists(await journalFile(root))) return undefined;
  const release = await tryLock(root);
  if (!release) return undefined;
  try {
    return await endUnderLock(root);
  } finally {
    release();
  }
}

/** As {@linkcode endInterrupted}, for whoever holds the lock. */
export async function endUnderLock(root: string): Promise<EndedChanges | undefined> {
  const file = await journalFile(root);
  const journal = await readJournal(file);
  if (!journal) return undefined;
  await requireInside(root, journal.steps.map(({ path }) => path));
  const kept = journal.phase === "staging" ? [] : await finish(root, journal);
  if (journal.phase === "staging") await clearStaged(root, journal);
  await removeJournal(file);
  return {
    outcome: journal.phase === "staging" ? "cleared" : "finished",
    files: journal.steps.map(({ path }) => path),
    kept,
  };
}

/** Swaps what is not swapped yet; gives the files that are neither as they were nor as they shall be. */
async function finish(root: string, { steps }: ChangeJournal): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const step of steps) {
    if (await isDone(root, step)) continue;
    if (await digestOf(join(root, step.path)) === step.before) await swap(root, step);
    else {
      kept.push(step.path);
      if (step.staged !== undefined) await removeIfThere(join(root, step.staged));
    }
  }
  return kept;
}

async function isDone(root: string, { path, staged }: JournalStep): Promise<boolean> {
  return !await exists(join(root, staged ?? path));
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    return await sha256Of(await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", path, error);
  }
}
