import { forEachConcurrent } from "../../base/mod.ts";
import type { OwnedVersion, Page } from "../answers.ts";
import { BULK_SIZE, type VersionName } from "../client.ts";
import { passing } from "./pages.ts";
import type { CrawlContext } from "./types.ts";

/** Asks once for the download addresses that the lists left empty: in bulk, or one by one where the server has no bulk. */
export async function crawlAddresses(context: CrawlContext): Promise<void> {
  const { cache, options, signal } = context;
  const wanted = cache.all<VersionName>(
    `SELECT package_id AS packageId, version FROM versions
     WHERE has_url = 0 AND url_checked IS NULL AND missing_since IS NULL
       AND package_id IN (SELECT id FROM packages) ORDER BY package_id, version`,
  );
  const batches = Array.from(
    { length: Math.ceil(wanted.length / BULK_SIZE) },
    (_, index) => wanted.slice(index * BULK_SIZE, (index + 1) * BULK_SIZE),
  );
  const single: VersionName[] = [];
  let hasBulk = true;
  await forEachConcurrent(batches, async (batch) => {
    if (hasBulk) hasBulk = await readBatch(context, batch);
    if (!hasBulk) single.push(...batch);
  }, { limit: Math.min(4, options.concurrency), signal });
  await forEachConcurrent(single, (name) => readSingle(context, name), {
    limit: options.concurrency,
    signal,
  });
  cache.checkpoint();
}

/** False when the server has no bulk endpoint. */
async function readBatch(context: CrawlContext, batch: readonly VersionName[]): Promise<boolean> {
  try {
    const answer = await context.client.versionsInBulk(batch);
    if (answer === undefined) return false;
    keep(context, batch, answer);
  } catch (error) {
    if (!passing(error)) throw error;
    context.failed("download addresses of some versions", error);
  }
  return true;
}

async function readSingle(context: CrawlContext, name: VersionName): Promise<void> {
  try {
    const found = await context.client.version(name);
    keep(context, [name], { items: found ? [found] : [], rejected: [] });
  } catch (error) {
    if (!passing(error)) throw error;
    context.failed(`the download address of ${name.packageId} ${name.version}`, error);
  }
}

function keep(
  { cache, options, report }: CrawlContext,
  asked: readonly VersionName[],
  { items, rejected }: Pick<Page<OwnedVersion>, "items" | "rejected">,
): void {
  for (const { packageId, version } of items) {
    if (version.download_url) cache.saveVersion(packageId, version, { last_checked: options.now });
  }
  for (const { packageId, version } of asked) {
    cache.run(
      "UPDATE versions SET url_checked = ? WHERE package_id = ? AND version = ?",
      options.now,
      packageId,
      version,
    );
  }
  for (const { code, message } of rejected) {
    report.emit({ kind: "warned", code, message: `Left out a download address: ${message}` });
  }
  cache.checkpoint(options.checkpointInterval);
}
