/**
 * The trash of a workspace: what commands moved away because nothing could give it back.
 *
 * @example
 * ```ts
 * import { listTrash, restoreFromTrash } from "./mod.ts";
 * import { workspaceLayout } from "../layout.ts";
 *
 * const layout = workspaceLayout("/home/me/.comfydock_workspace");
 * const [newest] = await listTrash(layout);
 * if (newest) await restoreFromTrash(layout, newest.id);
 * ```
 *
 * @module
 */
export {
  newTrashId,
  prepareTrashEntry,
  readTrashEntry,
  trashContent,
  trashDirectory,
  type TrashEntry,
  type TrashReason,
} from "./entry.ts";
export {
  emptyTrash,
  findTrash,
  listTrash,
  moveToTrash,
  planEmptyTrash,
  restoreFromTrash,
} from "./store.ts";
