import { exists } from "../../base/mod.ts";
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
  let empty = !wasThere;
  try {
    using cache = new RegistryCache(path);
    try {
      return await work(cache);
    } finally {
      empty &&= cache.packages().length === 0;
    }
  } catch (error) {
    if (empty) await removeCache(path);
    throw error;
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
