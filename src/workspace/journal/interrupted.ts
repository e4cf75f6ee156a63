import { join } from "node:path";
import { ComfydockError, isKind } from "../../base/mod.ts";
import { entriesIn } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { acquireLock } from "../locks/mod.ts";
import { readJournal } from "./journal_file.ts";
import { environmentOfScope, isGone, lockOfJournal, WORKSPACE_SCOPE } from "./place.ts";

/** A transaction that was cut off and that no command has ended yet. */
export interface InterruptedCommand {
  /** Its directory in the journal. */
  readonly directory: string;
  /** The command; absent when nothing had been changed yet, or the journal is damaged. */
  readonly command?: string;
  /** An environment, or `workspace`. */
  readonly scope?: string;
  /** Why its journal cannot be read. */
  readonly damage?: ComfydockError;
}

/**
 * Lists the transactions that were cut off; those that are still at work are left out, and nothing is ended.
 *
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`
 */
export async function listInterrupted(
  layout: WorkspaceLayout,
): Promise<readonly InterruptedCommand[]> {
  const found: InterruptedCommand[] = [];
  for (const { name } of await entriesIn(layout.journal)) {
    const directory = join(layout.journal, name);
    if (isGone(name)) found.push({ directory });
    else if (!await isHeld(layout, lockOfJournal(name))) {
      found.push({ directory, ...await readBegin(layout, directory) });
    }
  }
  return found;
}

async function isHeld(layout: WorkspaceLayout, lock: string): Promise<boolean> {
  try {
    const options = { command: "doctor", timeoutMs: 0, mode: "shared" } as const;
    await (await acquireLock(layout, lock, options)).release();
    return false;
  } catch (error) {
    if (isKind(error, workspaceErrors.LOCKED)) return true;
    throw error;
  }
}

async function readBegin(
  layout: WorkspaceLayout,
  directory: string,
): Promise<Pick<InterruptedCommand, "command" | "scope" | "damage">> {
  try {
    const journal = await readJournal(layout.root, directory);
    if (!journal) return {};
    const { command, scope } = journal.begin;
    return { command, scope: environmentOfScope(scope) ?? WORKSPACE_SCOPE };
  } catch (error) {
    if (error instanceof ComfydockError && isKind(error, workspaceErrors.JOURNAL_DAMAGED)) {
      return { damage: error };
    }
    throw error;
  }
}
