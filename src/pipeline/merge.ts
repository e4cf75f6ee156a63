import { join } from "node:path";
import type { Reporter } from "../base/mod.ts";
import { mergeCaches, type MergeSummary, RegistryCache } from "../registry/mod.ts";
import { importCacheFile, isCacheDatabase } from "./cache_files.ts";

/**
 * Merges cache files of any form into a working cache.
 *
 * @param files SQLite, or JSON as it is, `.gz` or `.zst`.
 * @param now The time that counts for records that carry none, RFC 3339.
 * @throws `FILE_NOT_FOUND`, `DATA_INVALID`, `DISK_FULL` and the errors of the caches.
 */
export async function mergeCacheFiles(
  cache: RegistryCache,
  files: readonly string[],
  { now, report }: { readonly now: string; readonly report: Reporter },
): Promise<MergeSummary> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-merge-" });
  try {
    const parts: string[] = [];
    for (const [index, file] of files.entries()) {
      parts.push(await asDatabase(file, join(directory, `${index}.db`), { now, report }));
    }
    return mergeCaches(cache, parts);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function asDatabase(
  file: string,
  temporary: string,
  { now, report }: { readonly now: string; readonly report: Reporter },
): Promise<string> {
  if (await isCacheDatabase(file)) {
    // What is no cache, or one of a newer kind, is told before anything is merged.
    new RegistryCache(file, { readOnly: true }).close();
    return file;
  }
  using part = new RegistryCache(temporary);
  await importCacheFile(part, file, now, report);
  return temporary;
}
