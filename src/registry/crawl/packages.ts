import { forEachConcurrent } from "../../base/mod.ts";
import { isPackageMet, packagesMet } from "../cache/met.ts";
import { type PagesResult, passing, readAllPages } from "./pages.ts";
import { endReading, noteReading, type Reading, unfinishedReading } from "./reading.ts";
import { ownIds } from "./shard.ts";
import type { CrawlContext } from "./types.ts";

/** Reads the list of all packages, and marks those that it no longer names. */
export async function crawlPackages(context: CrawlContext): Promise<void> {
  const { cache, client, options, report, signal } = context;
  const id = "packages";
  report.emit({ kind: "started", id, label: "Reading the list of packages", unit: "items" });
  const seenAt = { last_checked: options.now };
  const reading = readingOf(context);
  const done = new Set(reading.done);
  const result = await readAllPages({
    fetchPage: (page) => client.packagesPage(page, options.nodesPerPage),
    pageSize: options.nodesPerPage,
    concurrency: options.concurrency,
    maxPages: options.pages,
    before: { pages: reading.done, met: packagesMet(cache, reading.startedAt) },
    report,
    signal,
    onTotal: (pages) =>
      report.emit({ kind: "advanced", id, by: 0, total: pages * options.nodesPerPage }),
    take: (one) => {
      if (isPackageMet(cache, one.id, reading.startedAt)) return false;
      cache.savePackage(one, seenAt);
      cache.touch();
      return true;
    },
    onPage: (fresh, page) => {
      done.add(page);
      if (options.pages === undefined) {
        noteReading(cache, "packages", { ...reading, done: [...done] });
      }
      cache.checkpoint(options.checkpointInterval);
      report.emit({ kind: "advanced", id, by: fresh });
    },
  });
  // Only a list that was read whole says that a package is gone.
  if (result.complete) await markMissing(context, reading.startedAt, result.rejected);
  else if (options.pages === undefined) context.failed("the list of packages", why(result));
  if (options.pages === undefined) endReading(cache, "packages");
  cache.checkpoint();
  report.emit({ kind: "finished", id, summary: `${result.unique} packages` });
}

function readingOf({ cache, options }: CrawlContext): Reading {
  const { now, nodesPerPage: pageSize, pages } = options;
  const unfinished = pages === undefined ? unfinishedReading(cache, "packages", now) : undefined;
  return unfinished?.pageSize === pageSize ? unfinished : { startedAt: now, pageSize, done: [] };
}

// A record that could not be read may be one of those not met, so the registry is then asked for each by name.
async function markMissing(
  context: CrawlContext,
  startedAt: string,
  rejected: number,
): Promise<void> {
  const { cache, client, options, signal } = context;
  const unmet = cache.all<{ id: string }>(
    "SELECT id FROM packages WHERE last_checked < ? AND missing_since IS NULL ORDER BY id",
    startedAt,
  );
  const asked = rejected > 0 ? ownIds(options.shard, unmet) : unmet.map(({ id }) => id);
  await forEachConcurrent(asked, async (id) => {
    try {
      if (rejected > 0 && await client.versionsOf(id) !== undefined) return;
      cache.run("UPDATE packages SET missing_since = ? WHERE id = ?", options.now, id);
    } catch (error) {
      if (!passing(error)) throw error;
      context.failed(`package ${id}, which the list does not name`, error);
    }
  }, { limit: options.concurrency, signal });
}

/** Why a list was not read whole. */
export function why({ failedPages }: PagesResult): Error {
  return new Error(
    failedPages > 0
      ? `${failedPages} of its pages could not be read`
      : "it kept changing while it was read",
  );
}
