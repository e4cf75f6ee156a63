import { forEachConcurrent } from "../../base/mod.ts";
import { passing } from "./pages.ts";
import { unfinishedReading } from "./reading.ts";
import {
  endOf,
  type NewVersionsPlan,
  placesOf,
  planNewVersions,
  planSweep,
  type SweepPart,
  type SweepState,
} from "./sweep.ts";
import { inShard, ownIds } from "./shard.ts";
import type { CrawlContext } from "./types.ts";
import {
  countVersions,
  readAllVersionPages,
  sweepVersionPages,
  VERSIONS_PROGRESS,
} from "./version_pages.ts";

const DAY = 86_400_000;

/** A version that no sweep has met for so long is looked for by itself. */
const STRAGGLER_DAYS = 6.9;

/** Reads the versions of packages that are new or have changed. */
export async function crawlNewVersions(context: CrawlContext): Promise<void> {
  const { cache, options, report } = context;
  report.emit({ kind: "started", id: VERSIONS_PROGRESS, label: "Reading versions", unit: "items" });
  const plan = planNewVersions(sweepState(context), options);
  const paged = await readPages(context, plan);
  await readPackages(context, paged ? duePackages(context) : plan.packages);
  cache.checkpoint();
  report.emit({
    kind: "finished",
    id: VERSIONS_PROGRESS,
    summary: `${countVersions(context)} versions`,
  });
}

async function readPages(context: CrawlContext, plan: NewVersionsPlan): Promise<boolean> {
  if (!plan.allPages) return false;
  try {
    return await readAllVersionPages(context, plan.allPages);
  } catch (error) {
    if (!passing(error)) throw error;
    context.failed("the list of versions", error);
    return false;
  }
}

function sweepState(context: CrawlContext): SweepState {
  const { cache, options } = context;
  const { shard } = options;
  return {
    packages: cache.packages().filter(({ id }) => inShard(shard, id)),
    knownVersions: countVersions(context),
    sweptTo: Number(cache.meta("swept_to") ?? 0),
    sweptAt: cache.meta("swept_at"),
    unfinished: unfinishedReading(cache, "versions", options.now),
  };
}

/** Looks again at versions that nothing says anything new about, in turn, and at those that no page has named. */
export async function sweepVersions(context: CrawlContext): Promise<void> {
  const { cache, options } = context;
  const part = planSweep(sweepState(context), options);
  if (part) {
    const swept = await sweepPages(context, part);
    if (swept === "missing") await readPackages(context, packagesIn(context, part));
    if (swept !== "partly") {
      cache.setMeta("swept_to", String(endOf(part)));
      cache.setMeta("swept_at", options.now);
    }
    cache.checkpoint();
  }
  await readPackages(context, stragglers(context));
  cache.checkpoint();
}

async function sweepPages(context: CrawlContext, part: SweepPart) {
  try {
    return await sweepVersionPages(context, part);
  } catch (error) {
    if (!passing(error)) throw error;
    context.failed("the list of versions", error);
    return "partly";
  }
}

function packagesIn({ cache, options }: CrawlContext, part: SweepPart): string[] {
  const rows = cache.packages()
    .filter(({ id, missing_since }) => missing_since === null && inShard(options.shard, id));
  return placesOf(part, rows.length).map((place) => rows[place]!)
    .filter((one) => one.versions_checked !== options.now).map((one) => one.id);
}

function duePackages({ cache, options }: CrawlContext): string[] {
  const sql = `SELECT id FROM packages WHERE versions_due = 1 AND missing_since IS NULL
    ORDER BY downloads DESC, id`;
  return ownIds(options.shard, cache.all<{ id: string }>(sql));
}

function stragglers({ cache, options }: CrawlContext): string[] {
  if (options.sweep === "none") return [];
  const oldest = options.sweep === "full"
    ? options.now
    : new Date(Date.parse(options.now) - STRAGGLER_DAYS * DAY).toISOString();
  const rows = cache.all<{ id: string }>(
    `SELECT DISTINCT package_id AS id FROM versions JOIN packages ON id = package_id
     WHERE versions.last_checked < ? AND versions.missing_since IS NULL AND packages.missing_since IS NULL
     ORDER BY package_id`,
    oldest,
  );
  return ownIds(options.shard, rows);
}

async function readPackages(context: CrawlContext, ids: readonly string[]): Promise<void> {
  const { cache, client, options, report, signal } = context;
  await forEachConcurrent(ids, async (id) => {
    try {
      const answer = await client.versionsOf(id);
      for (const version of answer?.items ?? []) {
        cache.saveVersion(id, version, { last_checked: options.now });
      }
      if (answer && answer.rejected.length === 0) markMissing(context, id);
      for (const error of answer?.rejected ?? []) {
        report.emit({
          kind: "warned",
          code: error.code,
          message: `Left out a version of ${id}: ${error.message}`,
        });
      }
      cache.run(
        "UPDATE packages SET versions_due = 0, versions_checked = ? WHERE id = ?",
        options.now,
        id,
      );
      cache.touch();
      cache.checkpoint(options.checkpointInterval);
      report.emit({ kind: "advanced", id: VERSIONS_PROGRESS, by: answer?.items.length ?? 0 });
    } catch (error) {
      if (!passing(error)) throw error;
      context.failed(`the versions of ${id}`, error);
    }
  }, { limit: options.concurrency, signal });
}

function markMissing({ cache, options }: CrawlContext, id: string): void {
  cache.run(
    "UPDATE versions SET missing_since = ? WHERE package_id = ? AND last_checked < ? AND missing_since IS NULL",
    options.now,
    id,
    options.now,
  );
}
