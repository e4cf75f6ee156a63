import { forEachConcurrent } from "../../base/mod.ts";
import type { OwnedVersion } from "../answers.ts";
import { isVersionMet, versionsMet } from "../cache/met.ts";
import { why } from "./packages.ts";
import { type PagesResult, passing, readAllPages } from "./pages.ts";
import { endReading, noteReading, type Reading } from "./reading.ts";
import { pagesOf, placesOf, type SweepPart, VERSIONS_PER_PAGE } from "./sweep.ts";
import type { CrawlContext } from "./types.ts";

/** The progress that the reading of new versions counts into. */
export const VERSIONS_PROGRESS = "versions";

/**
 * Reads all pages of `GET /versions`.
 *
 * @param plan How far an earlier run came, and at how many pages reading package by package is cheaper.
 * @returns False when the server has no such endpoint, or too many pages.
 */
export async function readAllVersionPages(
  context: CrawlContext,
  { reading, most }: { readonly reading: Reading; readonly most: number },
): Promise<boolean> {
  const { cache, client, options, report, signal } = context;
  const first = await client.versionsPage(1, VERSIONS_PER_PAGE);
  if (first === undefined || pagesOf(first.total) > most) return false;
  const done = new Set(reading.done);
  const result = await readAllPages<OwnedVersion>({
    fetchPage: async (page) =>
      await client.versionsPage(page, VERSIONS_PER_PAGE) ?? { items: [], total: 0, rejected: [] },
    first,
    pageSize: VERSIONS_PER_PAGE,
    concurrency: options.concurrency,
    before: { pages: reading.done, met: versionsMet(cache, reading.startedAt) },
    report,
    signal,
    onTotal: (pages) => {
      const total = pages * VERSIONS_PER_PAGE;
      report.emit({ kind: "advanced", id: VERSIONS_PROGRESS, by: 0, total });
    },
    take: ({ packageId, version }) => {
      if (isVersionMet(cache, { packageId, version: version.version }, reading.startedAt)) {
        return false;
      }
      cache.saveVersion(packageId, version, { last_checked: options.now });
      return true;
    },
    onPage: (fresh, page) => {
      done.add(page);
      noteReading(cache, "versions", { ...reading, done: [...done] });
      cache.checkpoint();
      report.emit({ kind: "advanced", id: VERSIONS_PROGRESS, by: fresh });
    },
  });
  settlePackages(context, result, reading.startedAt);
  if (!result.complete) context.failed("the list of versions", why(result));
  endReading(cache, "versions");
  cache.setMeta("swept_at", options.now);
  cache.checkpoint();
  return true;
}

function save({ cache, options }: CrawlContext, items: readonly OwnedVersion[]): void {
  for (const { packageId, version } of items) {
    cache.saveVersion(packageId, version, { last_checked: options.now });
  }
}

// A package is settled when its newest version was met; after a whole reading, every package is.
function settlePackages(
  { cache, options }: CrawlContext,
  { complete, rejected }: PagesResult,
  startedAt: string,
): void {
  cache.run(
    `UPDATE packages SET versions_due = 0, versions_checked = ?1 WHERE missing_since IS NULL AND
       CASE WHEN latest IS NULL
         THEN ?3 = 1 OR EXISTS (SELECT 1 FROM versions v WHERE v.package_id = packages.id AND v.last_checked >= ?2)
         ELSE EXISTS (SELECT 1 FROM versions v WHERE v.package_id = packages.id AND v.version = latest
           AND v.last_checked >= ?2)
       END`,
    options.now,
    startedAt,
    complete && rejected === 0 ? 1 : 0,
  );
}

/**
 * Looks again at a part of all versions, page by page; machines that crawl together take the pages in turn.
 *
 * @returns `missing` when the server has no such endpoint, `partly` when a page could not be read.
 */
export async function sweepVersionPages(
  context: CrawlContext,
  part: SweepPart,
): Promise<"whole" | "partly" | "missing"> {
  const { cache, client, options, signal } = context;
  const { shard } = options;
  const own = (place: number) => !shard || place % shard.count === shard.index - 1;
  const guess = placesOf(part, pagesOf(countVersions(context))).find(own);
  if (guess === undefined) return "whole";
  const first = await client.versionsPage(guess + 1, VERSIONS_PER_PAGE);
  if (first === undefined) return "missing";
  save(context, first.items);
  let failed = false;
  const others = placesOf(part, pagesOf(first.total))
    .filter((place) => place !== guess && own(place));
  await forEachConcurrent(others, async (place) => {
    try {
      const page = await client.versionsPage(place + 1, VERSIONS_PER_PAGE);
      save(context, page?.items ?? []);
      cache.checkpoint();
    } catch (error) {
      if (!passing(error)) throw error;
      failed = true;
      context.failed(`page ${place + 1} of the versions`, error);
    }
  }, { limit: options.concurrency, signal });
  return failed ? "partly" : "whole";
}

/** How many versions are at hand. */
export function countVersions({ cache }: CrawlContext): number {
  return cache.all<{ count: number }>("SELECT count(*) AS count FROM versions")[0]!.count;
}
