import { join } from "node:path";
import type { WorkspaceLayout } from "../layout.ts";
import { type OpenState, readJournal } from "./journal_file.ts";
import { undoDirectory } from "./place.ts";

/** What one command has changed so far; its transactions hang together, and one `undo` takes back all of them. */
export interface CommandChain {
  /** The command that people gave, such as `workflow import`. */
  readonly command: string;
  /** By scope, the id of the last transaction that holds and that `undo` can take back. */
  readonly last: Map<string, string>;
}

/** A transaction that is kept for `undo`. */
export interface KeptLink {
  readonly directory: string;
  readonly journal: Omit<OpenState, "root">;
}

/** Where a kept transaction has the one before it that belongs to the same command. */
export function earlierLink(directory: string): string {
  return join(directory, "before");
}

/**
 * Reads the transactions of the last command that changed a scope, the newest first.
 *
 * @param scope The name of an environment, or another scope.
 * @returns None when there is nothing to take back.
 * @throws `JOURNAL_DAMAGED`, `FILE_UNREADABLE`
 */
export async function readLinks(
  layout: WorkspaceLayout,
  scope: string,
): Promise<readonly KeptLink[]> {
  const links: KeptLink[] = [];
  for (let directory = undoDirectory(layout, scope);; directory = earlierLink(directory)) {
    const journal = await readJournal(layout.root, directory);
    if (!journal) return links;
    links.push({ directory, journal });
  }
}

/** The links that still stand: not those that a later one of the same command took back, nor that one itself. */
export function standingLinks(links: readonly KeptLink[]): readonly KeptLink[] {
  const gone = new Set(
    links.flatMap(({ journal: { begin } }) => begin.cancels ? [begin.id, ...begin.cancels] : []),
  );
  return links.filter(({ journal }) => !gone.has(journal.begin.id));
}
