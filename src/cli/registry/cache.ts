import { counted, exists } from "../../base/mod.ts";
import { formatCount, type Outcome } from "../../output/mod.ts";
import {
  exportCacheFile,
  importCacheFile,
  isCacheDatabase,
  rememberCacheFile,
  workingCachePath,
} from "../../pipeline/mod.ts";
import {
  type CrawlOptions,
  crawlRegistry,
  type CrawlSummary,
  withCache,
} from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { crawlFailure, crawlRequest, crawlWorld } from "./crawl.ts";
import type { cacheOptions } from "./pipeline_options.ts";
import { commandTime } from "./now.ts";

/** What `registry cache` decided to do. */
interface CachePlan {
  readonly working_cache: string;
  readonly output: string;
  readonly input?: string;
  readonly crawl: CrawlOptions;
}

/** What `registry cache` tells: the plan of a dry run, or what was read. */
export interface CacheData extends CachePlan {
  readonly dry_run: boolean;
  readonly summary?: CrawlSummary;
}

/** Crawls the registry into a cache file. */
export async function run(
  { options, dryRun }: InputOf<typeof cacheOptions>,
  context: CommandContext,
): Promise<Outcome<CacheData>> {
  const now = commandTime(options.now, context);
  const { output, input } = options;
  const plan: CachePlan = {
    working_cache: workingCachePath(output),
    output,
    input: input ?? (await exists(output) ? output : undefined),
    crawl: crawlRequest(options, now),
  };
  // A file that is not there is told before anything is made.
  if (plan.input !== undefined) await isCacheDatabase(plan.input);
  if (dryRun) return { data: { ...plan, dry_run: true } };
  const world = await crawlWorld(options, context);
  const summary = await withCache(plan.working_cache, "registry cache", async (cache) => {
    if (plan.input !== undefined && plan.input !== plan.working_cache) {
      await importCacheFile(cache, plan.input, now, context.report);
    }
    const summary = await crawlRegistry({ ...world, cache }, plan.crawl);
    if (plan.output !== plan.working_cache) {
      await exportCacheFile(cache, plan.output, now, context.signal);
      await rememberCacheFile(cache, plan.output);
    }
    return summary;
  });
  return { data: { ...plan, dry_run: false, summary }, error: crawlFailure(summary) };
}

/** A few lines: where the cache is and what came in. */
export function view({ dry_run, summary, output, working_cache, crawl }: CacheData): string[] {
  if (dry_run || !summary) {
    const phases = (["packages", "versions", "metadata"] as const).filter((phase) => crawl[phase]);
    return [
      `Would read ${phases.join(", ")} from the registry into ${working_cache}`,
      `Would write ${output}`,
    ];
  }
  return [
    `${counted(summary.packages, "package")} (${formatCount(summary.new_packages)} new), ` +
    `${counted(summary.versions, "version")} (${formatCount(summary.new_versions)} new)`,
    `${formatCount(summary.node_lists_read)} node lists read, ` +
    `${formatCount(summary.node_lists_inferred)} taken from neighbours, ` +
    `with ${counted(summary.requests, "request")}`,
    ...(summary.budget_spent
      ? ["The request budget is spent; the next run goes on from here"]
      : []),
    `Wrote ${output}`,
  ];
}
