import { sep } from "node:path";
import { ComfydockError, noCheckpoints } from "../../base/mod.ts";
import { entriesIn, lookAt } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";
import { trashContent } from "../trash/mod.ts";
import { retire } from "./finish.ts";
import { type KeptLink, readLinks, standingLinks } from "./links.ts";
import { backupPath, environmentOfScope, placeIn, undoDirectory } from "./place.ts";
import type { FileRecord, Keep, NoteRecord } from "./records.ts";
import type { JournalContext } from "./types.ts";

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
  /** The transactions that are taken back, the newest first. */
  readonly transactions: readonly string[];
  /** The command that is taken back, as people gave it. */
  readonly command: string;
  /** What it did, in that order, as commands that do the same: itself where it was one transaction. */
  readonly parts: readonly string[];
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

/** Which part of the last command is meant. */
export interface UndoPart {
  /** Only what came after the transaction with this id; by default all of it. */
  readonly since?: string;
}

/**
 * Decides how the last command that changed a scope is taken back, whatever number of transactions it was.
 *
 * @param scope The name of an environment, `workspace` or `.settings`.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `JOURNAL_DAMAGED`
 */
export async function planUndo(
  layout: WorkspaceLayout,
  scope: string,
  { since }: UndoPart = {},
): Promise<UndoPlan> {
  const standing = standingLinks(await readLinks(layout, scope));
  const end = standing.findIndex(({ journal }) => journal.begin.id === since);
  const links = end < 0 ? standing : standing.slice(0, end);
  const [newest] = links;
  if (!newest) throw nothing(scope);
  const { command, whole } = newest.journal.begin;
  const steps: UndoStep[] = [];
  const notes: UndoStep[] = [];
  const at = endOf(newest);
  const files: Files = { at, moves: [], lying: new Map() };
  for (const link of links) {
    for (const { record, undone } of link.journal.lines.toReversed()) {
      if (undone || record.op === "commit" || record.op === "begin") continue;
      if (record.op === "note") notes.push({ kind: "note", note: record });
      else steps.push(...await invert(layout, link, record, files));
      if (record.op === "move") files.moves.unshift(record);
    }
  }
  return {
    transactions: links.map(({ journal }) => journal.begin.id),
    command: whole ?? command,
    parts: links.map(({ journal }) => journal.begin.command).toReversed(),
    scope,
    at,
    locks: [...new Set(links.flatMap(({ journal }) => journal.begin.locks))],
    // States outside the files are noted first, and return after the files.
    steps: [...notes, ...steps],
  };
}

function endOf({ journal }: KeptLink): string {
  const commit = journal.lines.find(({ record }) => record.op === "commit")?.record;
  return commit?.op === "commit" ? commit.at : journal.begin.at;
}

function nothing(scope: string): ComfydockError {
  return new ComfydockError(
    workspaceErrors.UNDO_NOTHING,
    `Cannot undo in "${scope}": no command has changed it since the last one was let go`,
    {
      hint: environmentOfScope(scope) === undefined
        ? "Run comfydock trash list to see what was moved away"
        : `Run comfydock log --env ${scope} for older states`,
      details: { scope },
    },
  );
}

/** What is known of files while one record after the other is taken back. */
interface Files {
  /** When the command ended. */
  readonly at: string;
  /** Those that were done later, the earliest first. */
  readonly moves: Move[];
  /** By path, where what will be there lies now; nothing for what will be gone. */
  readonly lying: Map<string, string | undefined>;
}

type Move = FileRecord & { readonly op: "move" };

/** Where a path is after something was moved. */
function follow(path: string, { from, to }: Move): string {
  return path === from || path.startsWith(from + sep) ? to + path.slice(from.length) : path;
}

async function invert(
  layout: WorkspaceLayout,
  link: KeptLink,
  record: FileRecord,
  { at, moves, lying }: Files,
): Promise<readonly UndoStep[]> {
  switch (record.op) {
    case "replace":
    case "remove": {
      // Later moves took along what the record is about.
      const place = moves.reduce(follow, record.target);
      const content = lying.has(place) ? lying.get(place) : place;
      if (record.op === "replace" && !record.had) {
        const keep = await keepOf(content, record.keep, endOf(link));
        lying.set(place, undefined);
        return [{ kind: "remove", target: record.target, keep }, ...prune(record.made)];
      }
      // What was not kept comes back by a note, if at all.
      if (record.keep === "none") return [];
      const from = backupPath(placeIn(link.directory), record.n);
      await require(from, `the old "${record.target}" is gone`, at);
      const keep = await keepOf(content, record.keep, endOf(link));
      lying.set(place, from);
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
export function impossible(why: string, facts: { at?: string; cause?: unknown }): ComfydockError {
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
async function keepOf(content: string | undefined, keep: Keep, at: string): Promise<Keep> {
  const info = content === undefined ? undefined : await lookAt(content);
  if (!info) return keep;
  const untouched = info.isFile && info.mtime !== null &&
    info.mtime.getTime() <= Date.parse(at);
  return untouched ? keep : "trash";
}
