import { join } from "node:path";
import type { WorkspaceLayout } from "../layout.ts";
import { foldName } from "../names.ts";

/** Where one transaction keeps its things. */
export interface JournalPlace {
  readonly directory: string;
  readonly backups: string;
  readonly stage: string;
}

/** The scope of what belongs to no environment, such as deleting one. */
export const WORKSPACE_SCOPE = "workspace";
/** The scope of settings and of which environment is active; no environment can have that name. */
export const SETTINGS_SCOPE = ".settings";

/** The environment that a scope is, if it is one. */
export function environmentOfScope(scope: string): string | undefined {
  return scope === WORKSPACE_SCOPE || scope === SETTINGS_SCOPE ? undefined : scope;
}

/** Prefix of what is about to be deleted. */
const GONE = ".gone-";
const SEPARATOR = "~";

/**
 * Names the paths of a transaction.
 *
 * @param name The name of its directory in the journal.
 */
export function journalPlace(layout: WorkspaceLayout, name: string): JournalPlace {
  return placeIn(join(layout.journal, name));
}

/** Names the paths of a transaction whose directory is known. */
export function placeIn(directory: string): JournalPlace {
  return { directory, backups: join(directory, "backup"), stage: join(directory, "stage") };
}

/** The directory where the last transaction of a scope is kept. */
export function undoDirectory(layout: WorkspaceLayout, scope: string): string {
  return join(layout.undo, foldName(scope));
}

/** Where the old content of a record's target is kept. */
export function backupPath(place: JournalPlace, n: number): string {
  return join(place.backups, `${n}`);
}

/** The name of a transaction's directory; it carries a lock, so that one without a first record can be judged. */
export function journalName(id: string, lock: string): string {
  return `${id}${SEPARATOR}${lock}`;
}

/** The lock that the name of a transaction's directory carries. */
export function lockOfJournal(name: string): string {
  return name.slice(name.indexOf(SEPARATOR) + 1);
}

/** A name for a directory that is about to be deleted. */
export function goneDirectory(layout: WorkspaceLayout): string {
  return join(layout.journal, `${GONE}${crypto.randomUUID()}`);
}

/** Tells whether a directory in the journal only waits for its deletion. */
export function isGone(name: string): boolean {
  return name.startsWith(GONE);
}

/** The id of a new transaction; ids sort by time. */
export function newTransactionId(now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:.]/g, "");
  return `${time}-${crypto.randomUUID().slice(0, 8)}`;
}
