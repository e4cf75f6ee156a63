/**
 * Transactions on files and what hangs on them: all changes hold or none, after a crash too, and the last can be undone.
 *
 * @example
 * ```ts
 * import { change } from "./mod.ts";
 * import { environmentLock } from "../locks/mod.ts";
 * import { environmentLayout, workspaceLayout } from "../layout.ts";
 *
 * const layout = workspaceLayout("/home/me/.comfydock_workspace");
 * const { manifest } = environmentLayout(layout, "demo");
 * await change({
 *   layout,
 *   locks: [environmentLock("demo")],
 *   lockTimeoutMs: 30_000,
 *   scope: "demo",
 *   command: "py add",
 *   handlers: {},
 * }, (transaction) => transaction.writeFile(manifest, "[project]\n"));
 * ```
 *
 * @module
 */
export { applyUndo } from "./apply_undo.ts";
export { change, type ChangeRequest, takeBackSince, undoLast, type UndoRequest } from "./change.ts";
export { type Checkpoints, checkpointsFromEnvironment, noCheckpoints } from "../../base/mod.ts";
export { type InterruptedCommand, listInterrupted } from "./interrupted.ts";
export type { CommandChain } from "./links.ts";
export type { Keep, NoteRecord } from "./records.ts";
export { forgetPending, isUndisturbed, recover, refusePending } from "./recover.ts";
export { environmentOfScope, SETTINGS_SCOPE, WORKSPACE_SCOPE } from "./place.ts";
export { transact } from "./transaction.ts";
export type {
  ChangeOptions,
  JournalContext,
  NoteHandler,
  NoteHandlers,
  PendingNote,
  RecoveredTransaction,
  RecoveryReport,
  Transaction,
  TransactionRequest,
} from "./types.ts";
export {
  forgetUndo,
  listUndoScopes,
  planUndo,
  type UndoPart,
  type UndoPlan,
  type UndoStep,
} from "./undo.ts";
