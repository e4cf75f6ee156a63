import { forEachConcurrent } from "../../base/mod.ts";
import type { OwnedVersion } from "../answers.ts";
import { passing, readAllPages } from "./pages.ts";
import { type SweepPlan, VERSIONS_PER_PAGE } from "./sweep.ts";
import type { CrawlContext } from "./types.ts";

/** The progress that all reading of versions counts into. */
export const VERSIONS_PROGRESS = "versions";

/** Reads all pages of `GET /versions`; false when the server has no such endpoint. */
export async function readAllVersionPages(
  context: CrawlContext,
  plan: NonNullable<SweepPlan["allPages"]>,
): Promise<boolean> {
  const { cache, client, options, report, signal } = context;
  const done = new Set(plan.done);
  if (await client.versionsPage(1, VERSIONS_PER_PAGE) === undefined) return false;
  cache.setMeta("versions_started", plan.startedAt);
  const result = await readAllPages<OwnedVersion>({
    fetchPage: async (page) =>
      await client.versionsPage(page, VERSIONS_PER_PAGE) ?? { items: [], total: 0, rejected: [] },
    pageSize: VERSIONS_PER_PAGE,
    keyOf: (one) => versionKey(one.packageId, one.version.version),
    concurrency: options.concurrency,
    before: { pages: plan.done, keys: seenSince(context, plan.startedAt) },
    report,
    signal,
    onTotal: (pages) => {
      report.emit({
        kind: "advanced",
        id: VERSIONS_PROGRESS,
        by: 0,
        total: pages * VERSIONS_PER_PAGE,
      });
      cache.setMeta("versions_total", String(pages * VERSIONS_PER_PAGE));
    },
    onItems: (items, page) => {
      for (const { packageId, version } of items) {
        cache.saveVersion(packageId, version, { last_checked: options.now });
      }
      done.add(page);
      cache.setMeta("versions_unfinished", [...done].join(","));
      cache.touch();
      cache.checkpoint();
      report.emit({ kind: "advanced", id: VERSIONS_PROGRESS, by: items.length });
    },
  });
  settlePackages(context, result.complete && result.rejected === 0);
  if (!result.complete) {
    context.failed(
      "the list of versions",
      new Error(`${result.failedPages} pages could not be read`),
    );
  }
  cache.setMeta("versions_unfinished", "");
  cache.setMeta("swept_at", options.now);
  cache.setMeta("sweep_page", "0");
  cache.checkpoint();
  return true;
}

function versionKey(packageId: string, version: string): string {
  return `${packageId}\n${version}`;
}

function seenSince({ cache }: CrawlContext, startedAt: string): string[] {
  return cache.all<{ id: string; version: string }>(
    "SELECT package_id AS id, version FROM versions WHERE last_checked >= ?",
    startedAt,
  ).map((one) => versionKey(one.id, one.version));
}

// A package is settled when its newest version was met; after a whole reading, every package is.
function settlePackages({ cache, options }: CrawlContext, whole: boolean): void {
  cache.run(
    `UPDATE packages SET versions_due = 0, versions_checked = ?1 WHERE missing_since IS NULL AND
       (CASE WHEN latest IS NULL THEN ?2 = 1 OR EXISTS (SELECT 1 FROM versions v WHERE v.package_id = packages.id
          AND v.last_checked = ?1)
        ELSE EXISTS (SELECT 1 FROM versions v WHERE v.package_id = packages.id AND v.version = latest) END)`,
    options.now,
    whole ? 1 : 0,
  );
}

/** Sweeps over some pages; false when the server has no such endpoint. */
export async function sweepVersionPages(
  context: CrawlContext,
  pages: SweepPlan["pages"],
): Promise<boolean> {
  const { cache, client, options, report, signal } = context;
  if (pages.count === 0) return true;
  const first = await client.versionsPage(pages.from, VERSIONS_PER_PAGE);
  if (first === undefined) return false;
  const total = Math.max(1, Math.ceil(first.total / VERSIONS_PER_PAGE));
  const count = Math.min(pages.count, total);
  const numbers = Array.from({ length: count }, (_, index) => (pages.from - 1 + index) % total + 1);
  const save = (items: readonly OwnedVersion[]) => {
    for (const { packageId, version } of items) {
      cache.saveVersion(packageId, version, { last_checked: options.now });
    }
    report.emit({ kind: "advanced", id: VERSIONS_PROGRESS, by: items.length });
  };
  save(first.items);
  const failed = new Set<number>();
  await forEachConcurrent(numbers.filter((page) => page !== pages.from), async (page) => {
    try {
      save((await client.versionsPage(page, VERSIONS_PER_PAGE))?.items ?? []);
    } catch (error) {
      if (!passing(error)) throw error;
      failed.add(page);
      context.failed(`page ${page} of the versions`, error);
    }
  }, { limit: options.concurrency, signal });
  cache.setMeta("versions_total", String(first.total));
  cache.setMeta("sweep_page", String(numbers.at(-1) ?? 0));
  if (failed.size === 0) cache.setMeta("swept_at", options.now);
  cache.checkpoint();
  return true;
}
