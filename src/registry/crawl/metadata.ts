import { compareVersions, forEachConcurrent } from "../../base/mod.ts";
import type { VersionRow } from "../cache/store.ts";
import { type HistoryPoint, planHistory } from "./history.ts";
import { passing } from "./pages.ts";
import { ownIds } from "./shard.ts";
import type { CrawlContext } from "./types.ts";

/** Reads the node classes of the newest version of each package: new releases first, then the popular ones. */
export async function crawlNewestClasses(context: CrawlContext): Promise<void> {
  const { report } = context;
  const id = "newest classes";
  report.emit({ kind: "started", id, label: "Reading newest node classes", unit: "items" });
  await forEachPackage(context, id, newestFirst(context), readNewest);
  context.cache.checkpoint();
  report.emit({ kind: "finished", id });
}

/** Reads the node classes of older versions; with a request budget also of those that were only inferred. */
export async function crawlOlderClasses(context: CrawlContext): Promise<void> {
  const { report } = context;
  const id = "older classes";
  report.emit({ kind: "started", id, label: "Reading older node classes", unit: "items" });
  await forEachPackage(context, id, byDownloads(context), readHistory);
  if (Number.isFinite(context.budgetLeft())) {
    await forEachPackage(context, id, byDownloads(context), confirmInferred);
  }
  context.cache.checkpoint();
  report.emit({ kind: "finished", id });
}

type PackageWork = (context: CrawlContext, packageId: string) => Promise<void>;

async function forEachPackage(
  context: CrawlContext,
  progress: string,
  ids: readonly string[],
  work: PackageWork,
): Promise<void> {
  const { cache, options, report, signal } = context;
  report.emit({ kind: "advanced", id: progress, by: 0, total: ids.length });
  await forEachConcurrent(ids, async (id) => {
    await work(context, id);
    cache.touch();
    cache.checkpoint(options.checkpointInterval);
    report.emit({ kind: "advanced", id: progress, by: 1 });
  }, { limit: options.concurrency, signal });
}

// A package of which something was read before and that has a newest version unread has a new release.
function newestFirst({ cache, options }: CrawlContext): string[] {
  return ownIds(
    options.shard,
    cache.all<{ id: string }>(
      `SELECT id FROM packages JOIN versions ON package_id = id
       GROUP BY id ORDER BY max(nodes_state IS NOT NULL) DESC, downloads DESC, id`,
    ),
  );
}

function byDownloads({ cache, options }: CrawlContext): string[] {
  const sql = "SELECT id FROM packages ORDER BY downloads DESC, id";
  return ownIds(options.shard, cache.all<{ id: string }>(sql));
}

async function readNewest(context: CrawlContext, packageId: string): Promise<void> {
  const newest = history(context, packageId).find((point) => point.wanted);
  if (newest && newest.read === undefined) await readClasses(context, packageId, newest.version);
}

async function readHistory(context: CrawlContext, packageId: string): Promise<void> {
  const { cache, options } = context;
  // A version that cannot be read is not asked for again in the same run.
  const asked = new Set<string>();
  while (true) {
    const plan = planHistory(history(context, packageId), options.history);
    for (const { version, digest } of plan.infer) {
      cache.setNodes(packageId, version, "inferred", digest);
    }
    const open = plan.read.filter((version) => !asked.has(version));
    if (open.length === 0) return;
    for (const version of open) {
      asked.add(version);
      await readClasses(context, packageId, version);
    }
  }
}

async function confirmInferred(context: CrawlContext, packageId: string): Promise<void> {
  const inferred = history(context, packageId).filter((point) =>
    point.wanted && point.inferred !== undefined
  );
  for (const { version } of inferred) await readClasses(context, packageId, version);
  if (inferred.length > 0) await readHistory(context, packageId);
}

async function readClasses(
  context: CrawlContext,
  packageId: string,
  version: string,
): Promise<void> {
  const { cache, client, report } = context;
  try {
    const answer = await client.nodeClasses({ packageId, version });
    if (answer === undefined) return cache.setNodes(packageId, version, "absent", null);
    for (const { code, message } of answer.rejected) {
      const where = `${packageId} ${version}`;
      report.emit({
        kind: "warned",
        code,
        message: `Left out a node class of ${where}: ${message}`,
      });
    }
    cache.saveNodeClasses(packageId, version, answer.classes);
  } catch (error) {
    if (!passing(error)) throw error;
    context.failed(`the node classes of ${packageId} ${version}`, error);
  }
}

function history({ cache, options }: CrawlContext, packageId: string): HistoryPoint[] {
  const rows = cache.versionsOf(packageId).sort((a, b) => compareVersions(a.version, b.version));
  const limit = options.maxVersions < 0 ? Infinity : options.maxVersions;
  return rows.map((row, index) => historyPoint(row, index < limit));
}

function historyPoint(row: VersionRow, recent: boolean): HistoryPoint {
  return {
    version: row.version,
    read: row.nodes_state === "read" ? row.nodes_digest ?? undefined : undefined,
    inferred: row.nodes_state === "inferred" ? row.nodes_digest ?? undefined : undefined,
    wanted: recent && row.missing_since === null && row.nodes_state !== "absent" &&
      canHaveClasses(row.extract),
  };
}

// The registry extracts classes some time after a release; until it has, there is nothing to read.
function canHaveClasses(extract: string | null): boolean {
  return extract === null || /success$/i.test(extract);
}
