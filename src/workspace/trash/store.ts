import { dirname } from "node:path";
import { baseErrors, ComfydockError, fileError, isKind } from "../../base/mod.ts";
import { entriesIn, lookAt, movePath, removeTree } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import type { WorkspaceLayout } from "../layout.ts";
import {
  newTrashId,
  prepareTrashEntry,
  readTrashEntry,
  trashContent,
  trashDirectory,
  type TrashEntry,
  type TrashReason,
} from "./entry.ts";

/**
 * Moves a file, link or directory to the trash.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function moveToTrash(
  layout: WorkspaceLayout,
  path: string,
  reason: TrashReason,
): Promise<TrashEntry> {
  if (!await lookAt(path)) {
    throw fileError("Cannot move to the trash", path, new Deno.errors.NotFound());
  }
  const id = newTrashId(reason.at);
  const entry = await prepareTrashEntry(layout, id, path, reason);
  try {
    await movePath(path, trashContent(layout, id, path));
  } catch (error) {
    if (await lookAt(path)) await removeTree(trashDirectory(layout, id));
    throw error;
  }
  return entry;
}

/** What is in the trash, newest first; what cannot be read is left out. */
export async function listTrash(layout: WorkspaceLayout): Promise<readonly TrashEntry[]> {
  const found: TrashEntry[] = [];
  for (const { name, isDirectory } of await entriesIn(layout.trash)) {
    if (!isDirectory) continue;
    const entry = await readIfEntry(layout, name);
    if (entry && await lookAt(trashContent(layout, name, entry.from))) found.push(entry);
  }
  return found.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

async function readIfEntry(layout: WorkspaceLayout, id: string): Promise<TrashEntry | undefined> {
  try {
    return await readTrashEntry(layout, id);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND) || isKind(error, baseErrors.DATA_INVALID)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Finds something in the trash.
 *
 * @param id The entry's id, or a beginning of it that no other has.
 * @throws `TRASH_NOT_FOUND`
 */
export async function findTrash(layout: WorkspaceLayout, id: string): Promise<TrashEntry> {
  const matches = (await listTrash(layout)).filter((each) => id !== "" && each.id.startsWith(id));
  const entry = matches.find((each) => each.id === id) ?? matches[0];
  if (!entry || (matches.length > 1 && entry.id !== id)) throw notFound(id, matches);
  return entry;
}

/**
 * Moves something from the trash back to where it was.
 *
 * @param id The entry's id, or a beginning of it that no other has.
 * @param to Where to, if not where it was.
 * @throws `TRASH_NOT_FOUND`, `TRASH_OCCUPIED`, `FILE_UNWRITABLE`
 */
export async function restoreFromTrash(
  layout: WorkspaceLayout,
  id: string,
  to?: string,
): Promise<TrashEntry> {
  const entry = await findTrash(layout, id);
  const target = to ?? entry.from;
  if (await lookAt(target)) {
    throw new ComfydockError(
      workspaceErrors.TRASH_OCCUPIED,
      `Cannot restore "${entry.name}" from the trash: "${target}" exists`,
      {
        hint: `Move "${target}" away, then run comfydock trash restore ${entry.id}`,
        details: { id: entry.id, path: target },
      },
    );
  }
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", dirname(target), error);
  }
  await movePath(trashContent(layout, entry.id, entry.from), target);
  await removeTree(trashDirectory(layout, entry.id));
  return entry;
}

function notFound(id: string, matches: readonly TrashEntry[]): ComfydockError {
  const why = matches.length > 1 ? `${matches.length} entries start so` : "there is no such entry";
  return new ComfydockError(
    workspaceErrors.TRASH_NOT_FOUND,
    `Cannot restore "${id}" from the trash: ${why}`,
    {
      hint: "Run comfydock trash list",
      details: { id, matches: matches.map((each) => each.id) },
    },
  );
}

/**
 * Decides what to empty from the trash.
 *
 * @param entries What is in the trash.
 * @param options `olderThanDays` spares what is younger; `now` in milliseconds since the epoch.
 */
export function planEmptyTrash(
  entries: readonly TrashEntry[],
  { olderThanDays = 0, now }: { readonly olderThanDays?: number; readonly now: number },
): readonly TrashEntry[] {
  const limit = now - olderThanDays * 86_400_000;
  return entries.filter(({ at }) => olderThanDays === 0 || Date.parse(at) < limit);
}

/**
 * Deletes entries of the trash for good; nothing else in comfydock destroys what a user made.
 *
 * @throws `FILE_UNWRITABLE`
 */
export async function emptyTrash(
  layout: WorkspaceLayout,
  entries: readonly TrashEntry[],
): Promise<void> {
  for (const { id } of entries) await removeTree(trashDirectory(layout, id));
}
