import { CACHE_LOCK, withLock } from "../../workspace/mod.ts";
import type { NodeWorld } from "../types.ts";

/** The name under which waiting processes see this work. */
export const LOCK_COMMAND = "node packs";

/** How long another process may take over a pack, in milliseconds: as long as a slow download does. */
export const LOCK_PATIENCE_MS = 900_000;

/** Works with store and mirrors while no `cache clean` or `cache prune` can take them away. */
export async function sharingCache<Result>(
  { workspace, clock, signal }: NodeWorld,
  work: () => Promise<Result>,
): Promise<Result> {
  const options = {
    command: LOCK_COMMAND,
    timeoutMs: LOCK_PATIENCE_MS,
    mode: "shared" as const,
    clock,
    signal,
  };
  return await withLock(workspace, CACHE_LOCK, options, work);
}
