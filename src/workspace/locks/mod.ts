/**
 * Locks of the operating system with an owner and a time-out.
 *
 * @example
 * ```ts
 * import { environmentLock, withLock } from "./mod.ts";
 * import { workspaceLayout } from "../layout.ts";
 *
 * const layout = workspaceLayout("/home/me/.comfydock_workspace");
 * await withLock(layout, environmentLock("demo"), { command: "sync", timeoutMs: 30_000 }, async () => {});
 * ```
 *
 * @module
 */
export { type LockMode, type LockOwner, readOwner } from "../../base/locks/mod.ts";
export {
  acquireLock,
  environmentLock,
  type HeldLock,
  type LockOptions,
  withLock,
  withLocks,
  WORKSPACE_LOCK,
} from "./with_lock.ts";
