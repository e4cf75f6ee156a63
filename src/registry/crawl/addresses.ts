import { forEachConcurrent } from "../../base/mod.ts";
import type { OwnedVersion, Page } from "../answers.ts";
import { BULK_SIZE, type VersionName } from "../client.ts";
import { passing } from "./pages.ts";
import { inShard } from "./shard.ts";
import type { CrawlContext } from "./types.ts";

/** Batches under way at once. */
const BATCHES = 4;

/** Versions that are looked up in the cache at once. */
const FETCHED_ROWS = 2_000;

/** Asks once for the download addresses that the lists left empty: in bulk, or one by one where the server has no bulk. */
export async function crawlAddresses(context: CrawlContext): Promise<void> {
  const { cache, options, signal } = context;
  let hasBulk = true;
  await forEachConcurrent(batches(context), async (batch) => {
    if (hasBulk) hasBulk = await readBatch(context, batch);
    if (hasBulk) return;
    const limit = Math.ceil(options.concurrency / BATCHES);
    await forEachConcurrent(batch, (name) => readSingle(context, name), { limit, signal });
  }, { limit: Math.min(BATCHES, options.concurrency), signal });
  cache.checkpoint();
}

/** The versions without an address in batches; they are taken from the cache a few thousand at a time. */
function* batches({ cache, options }: CrawlContext): Generator<readonly VersionName[]> {
  let batch: VersionName[] = [];
  let last: VersionName | undefined = { packageId: "", version: "" };
  while (last) {
    const rows: VersionName[] = cache.all<VersionName>(
      `SELECT package_id AS packageId, version FROM versions
       WHERE (package_id, version) > (?, ?) AND has_url = 0 AND url_checked IS NULL AND missing_since IS NULL
         AND package_id IN (SELECT id FROM packages) ORDER BY package_id, version LIMIT ${FETCHED_ROWS}`,
      last.packageId,
      last.version,
    );
    for (const row of rows) {
      if (!inShard(options.shard, row.packageId)) continue;
      batch.push(row);
      if (batch.length < BULK_SIZE) continue;
      yield batch;
      batch = [];
    }
    last = rows.length < FETCHED_ROWS ? undefined : rows.at(-1);
  }
  if (batch.length > 0) yield batch;
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
