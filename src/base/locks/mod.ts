/**
 * Locks of the operating system between processes, with a note of who holds them.
 *
 * @example
 * ```ts
 * import { tryOsLock } from "./mod.ts";
 *
 * const release = tryOsLock(await Deno.makeTempFile(), "exclusive");
 * release?.();
 * ```
 *
 * @module
 */
export { type LockMode, tryOsLock } from "./os_lock.ts";
export { forgetOwner, type LockOwner, readOwner, writeOwner } from "./owner.ts";
