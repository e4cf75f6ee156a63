import { forEachConcurrent } from "../../base/mod.ts";
import { passing } from "./pages.ts";
import { planSweep, type SweepState } from "./sweep.ts";
import type { CrawlContext } from "./types.ts";
import { readAllVersionPages, sweepVersionPages, VERSIONS_PROGRESS } from "./version_pages.ts";

const DAY = 86_400_000;

/** A version that no sweep has met for so long is looked for by itself. */
const STRAGGLER_DAYS = 6.9;

/** Reads the versions that are due, and sweeps over the others. */
export async function crawlVersions(context: CrawlContext): Promise<void> {
  const { cache, options, report } = context;
  const plan = planSweep(sweepState(context), options);
  report.emit({ kind: "started", id: VERSIONS_PROGRESS, label: "Reading versions", unit: "items" });
  const paged = plan.allPages
    ? await readAllVersionPages(context, plan.allPages)
    : await sweepVersionPages(context, plan.pages);
  await readPackages(context, paged ? plan.packages : everyDuePackage(context));
  await readPackages(context, leftOver(context));
  cache.checkpoint();
  report.emit({
    kind: "finished",
    id: VERSIONS_PROGRESS,
    summary: `${countVersions(context)} versions`,
  });
}

function sweepState(context: CrawlContext): SweepState {
  const { cache } = context;
  const unfinished = cache.meta("versions_unfinished");
  const started = cache.meta("versions_started");
  return {
    packages: cache.packages(),
    knownVersions: Number(cache.meta("versions_total") ?? countVersions(context)),
    lastPage: Number(cache.meta("sweep_page") ?? 0),
    sweptAt: cache.meta("swept_at"),
    unfinished: unfinished && started
      ? { startedAt: started, done: unfinished.split(",").filter(Boolean).map(Number) }
      : undefined,
  };
}

function countVersions({ cache }: CrawlContext): number {
  return cache.all<{ count: number }>("SELECT count(*) AS count FROM versions")[0]!.count;
}

function everyDuePackage({ cache, options }: CrawlContext): string[] {
  const rows = cache.packages().filter((one) => one.missing_since === null);
  const due = rows.filter((one) => one.versions_due === 1).map((one) => one.id);
  if (options.sweep === "none") return due;
  const settled = rows.filter((one) => one.versions_due === 0);
  const oldest = settled.sort((a, b) =>
    (a.versions_checked ?? "") < (b.versions_checked ?? "") ? -1 : 1
  );
  const count = options.sweep === "full" ? oldest.length : Math.ceil(oldest.length / 6.5);
  return [
    ...due,
    ...oldest.filter((one) => one.versions_checked !== options.now).slice(0, count).map((one) =>
      one.id
    ),
  ];
}

// What pages did not settle, and versions that no page has named for too long.
function leftOver({ cache, options }: CrawlContext): string[] {
  const due = cache.all<{ id: string }>(
    "SELECT id FROM packages WHERE versions_due = 1 AND missing_since IS NULL ORDER BY downloads DESC, id",
  );
  if (options.sweep === "none") return due.map((one) => one.id);
  const oldest = options.sweep === "full"
    ? options.now
    : new Date(Date.parse(options.now) - STRAGGLER_DAYS * DAY).toISOString();
  const stragglers = cache.all<{ id: string }>(
    `SELECT DISTINCT package_id AS id FROM versions JOIN packages ON id = package_id
     WHERE versions.last_checked < ? AND versions.missing_since IS NULL AND packages.missing_since IS NULL`,
    oldest,
  );
  return [...new Set([...due, ...stragglers].map((one) => one.id))];
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
