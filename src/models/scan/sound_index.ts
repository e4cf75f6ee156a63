import { exists, isKind } from "../../base/mod.ts";
import { moveToTrash, type TrashReason, type WorkspaceLayout } from "../../workspace/mod.ts";
import { modelErrors } from "../errors.ts";
import { ModelIndex } from "../index/mod.ts";

/** The files that SQLite keeps a database in. */
const SUFFIXES = ["", "-wal", "-shm"];

/**
 * Runs work on the model index of a workspace; a damaged one goes to the trash first, and the work is done on a new one.
 *
 * @param reason What the trash says about it.
 * @returns What the work returned, and where the damaged index came from.
 * @throws The errors of the index, and what the work throws.
 */
export async function withSoundIndex<Result>(
  layout: WorkspaceLayout,
  reason: TrashReason,
  work: (index: ModelIndex) => Promise<Result>,
): Promise<{ readonly result: Result; readonly rebuilt: boolean }> {
  try {
    return { result: await withIndex(layout, work), rebuilt: false };
  } catch (error) {
    if (!isKind(error, modelErrors.MODEL_INDEX_DAMAGED)) throw error;
  }
  for (const suffix of SUFFIXES) {
    const path = layout.modelIndex + suffix;
    if (await exists(path)) await moveToTrash(layout, path, reason);
  }
  return { result: await withIndex(layout, work), rebuilt: true };
}

async function withIndex<Result>(
  { modelIndex }: WorkspaceLayout,
  work: (index: ModelIndex) => Promise<Result>,
): Promise<Result> {
  using index = new ModelIndex(modelIndex);
  return await work(index);
}
