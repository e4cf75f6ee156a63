/**
 * The crawl: packages, versions and node classes from the Comfy Registry into the cache, with few requests.
 *
 * @module
 */
import { ComfydockError, isKind, type Reporter } from "../../base/mod.ts";
import { type HttpClient, httpErrors } from "../../http/mod.ts";
import type { RegistryCache } from "../cache/store.ts";
import { createRegistryClient } from "../client.ts";
import { registryErrors } from "../errors.ts";
import { crawlAddresses } from "./addresses.ts";
import { crawlNewestClasses, crawlOlderClasses } from "./metadata.ts";
import { crawlPackages } from "./packages.ts";
import { formatShard } from "./shard.ts";
import { tidying } from "./tidy.ts";
import type { CrawlContext, CrawlOptions, CrawlSummary } from "./types.ts";
import { crawlNewVersions, sweepVersions } from "./versions.ts";

export { parseShard, type Shard } from "./shard.ts";
export { type CrawlOptions, type CrawlSummary, defaultCrawlOptions } from "./types.ts";

/** What a crawl needs of the world. */
export interface CrawlWorld {
  readonly cache: RegistryCache;
  readonly http: HttpClient;
  readonly registryUrl: string;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
}

/** A crawl tells of so many failed reads one by one, and of the others by their number. */
const FAILURES_TOLD = 20;

/**
 * Brings a cache up to date with the registry.
 *
 * What cannot be read stays as it was and is counted; a spent request budget ends the crawl in good order.
 *
 * @throws `NETWORK_OFFLINE`, `INTERRUPTED`, what the first page of packages fails with, and the cache's own errors.
 */
export async function crawlRegistry(
  world: CrawlWorld,
  options: CrawlOptions,
): Promise<CrawlSummary> {
  const { cache, http, report, signal } = world;
  const before = counts(cache);
  const requestsBefore = http.requestCount;
  let failures = 0;
  const context: CrawlContext = {
    cache,
    client: createRegistryClient(tidying(http), world.registryUrl, signal),
    options,
    report,
    signal,
    budgetLeft: () => http.budgetLeft,
    failed: (what, error) => {
      failures++;
      if (failures > FAILURES_TOLD) return;
      const code = error instanceof ComfydockError
        ? error.code
        : registryErrors.REGISTRY_INCOMPLETE.code;
      report.emit({
        kind: "warned",
        code,
        message: `Cannot read ${what}: ${error.message}; what was known stays`,
      });
    },
  };
  const budgetSpent = await untilBudgetSpent(context, () => crawlByWorth(context));
  cache.setMeta("crawled_at", options.now);
  cache.setMeta("shard", options.shard ? formatShard(options.shard) : "");
  cache.checkpoint();
  const after = counts(cache);
  return {
    packages: after.packages,
    versions: after.versions,
    node_lists_read: after.read,
    node_lists_inferred: after.inferred,
    new_packages: after.packages - before.packages,
    new_versions: after.versions - before.versions,
    missing_packages: after.missingPackages,
    missing_versions: after.missingVersions,
    failures,
    requests: http.requestCount - requestsBefore,
    budget_spent: budgetSpent,
  };
}

/** What is worth most comes first, so that a small budget is well spent. */
async function crawlByWorth(context: CrawlContext): Promise<void> {
  const { packages, versions, metadata } = context.options;
  if (packages) await crawlPackages(context);
  if (versions) {
    await crawlNewVersions(context);
    await crawlAddresses(context);
  }
  if (metadata) await crawlNewestClasses(context);
  if (versions) {
    await sweepVersions(context);
    await crawlAddresses(context);
  }
  if (metadata) await crawlOlderClasses(context);
}

async function untilBudgetSpent(
  context: CrawlContext,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (isKind(error, httpErrors.REQUEST_BUDGET_SPENT)) return true;
    throw error;
  } finally {
    // What was read before a failure is kept.
    context.cache.checkpoint(0);
  }
}

interface Counts {
  readonly packages: number;
  readonly versions: number;
  readonly read: number;
  readonly inferred: number;
  readonly missingPackages: number;
  readonly missingVersions: number;
}

function counts(cache: RegistryCache): Counts {
  return cache.all<Counts>(
    `SELECT (SELECT count(*) FROM packages) AS packages,
       (SELECT count(*) FROM packages WHERE missing_since IS NOT NULL) AS missingPackages,
       count(*) AS versions,
       count(*) FILTER (WHERE nodes_state = 'read') AS read,
       count(*) FILTER (WHERE nodes_state = 'inferred') AS inferred,
       count(*) FILTER (WHERE missing_since IS NOT NULL) AS missingVersions
     FROM versions WHERE package_id IN (SELECT id FROM packages)`,
  )[0]!;
}
