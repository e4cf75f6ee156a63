import { forEachConcurrent } from "../../base/mod.ts";
import { BULK_SIZE } from "../client.ts";
import { passing } from "./pages.ts";
import type { CrawlContext } from "./types.ts";

/** Asks once for the download addresses that the lists left empty. */
export async function crawlAddresses(context: CrawlContext): Promise<void> {
  const { cache, client, options, signal } = context;
  const wanted = cache.all<{ packageId: string; version: string }>(
    `SELECT package_id AS packageId, version FROM versions
     WHERE has_url = 0 AND url_checked IS NULL AND missing_since IS NULL ORDER BY package_id, version`,
  );
  const batches = Array.from(
    { length: Math.ceil(wanted.length / BULK_SIZE) },
    (_, index) => wanted.slice(index * BULK_SIZE, (index + 1) * BULK_SIZE),
  );
  await forEachConcurrent(batches, async (batch) => {
    try {
      const found = await client.versionDetails(batch);
      for (const { packageId, version } of found) {
        if (version.download_url) {
          cache.saveVersion(packageId, version, { last_checked: options.now });
        }
      }
      for (const { packageId, version } of batch) {
        cache.run(
          "UPDATE versions SET url_checked = ? WHERE package_id = ? AND version = ?",
          options.now,
          packageId,
          version,
        );
      }
      cache.checkpoint();
    } catch (error) {
      if (!passing(error)) throw error;
      context.failed("download addresses of some versions", error);
    }
  }, { limit: Math.min(4, options.concurrency), signal });
}
