import { ComfydockError, exists } from "../../base/mod.ts";
import { lockCache } from "./lock.ts";
import { RegistryCache } from "./store.ts";

/**
 * Runs work on a working cache that no other run may change meanwhile.
 *
 * A cache that was made for work that failed before it brought anything is not left behind.
 *
 * @param path The SQLite file; made when it is missing.
 * @param command The command that works, for whoever is refused meanwhile.
 * @throws `REGISTRY_CACHE_BUSY`, the other errors of the cache, and what the work throws.
 */
export async function withCache<Result>(
  path: string,
  command: string,
  work: (cache: RegistryCache) => Promise<Result>,
): Promise<Result> {
  await using _lock = await lockCache(path, command);
  const wasThere = await exists(path);
  const cache = new RegistryCache(path);
  let result: Result;
  try {
    result = await work(cache);
  } catch (error) {
    const empty = !wasThere && cache.packages().length === 0;
    closeAfterFailure(cache);
    if (empty) await removeCache(path);
    throw error;
  }
  cache.close();
  return result;
}

function closeAfterFailure(cache: RegistryCache): void {
  try {
    cache.close();
  } catch (error) {
    // The failure that led here is told already, and a full disk fails the closing again.
    if (!(error instanceof ComfydockError)) throw error;
  }
}

async function removeCache(path: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      await Deno.remove(`${path}${suffix}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
