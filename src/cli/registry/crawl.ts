import { ComfydockError } from "../../base/mod.ts";
import { readSources } from "../../pipeline/mod.ts";
import {
  type CrawlOptions,
  type CrawlSummary,
  type CrawlWorld,
  parseShard,
  registryErrors,
} from "../../registry/mod.ts";
import type { CommandContext, OptionValues } from "../types.ts";
import type { crawlOptions, networkOptions } from "./options.ts";

type CrawlFlags = OptionValues<typeof crawlOptions & typeof networkOptions>;

/**
 * Turns the flags of a crawl into its options.
 *
 * @throws `REGISTRY_SHARD_INVALID`
 */
export function crawlRequest(
  flags: CrawlFlags & { readonly shard?: string },
  now: string,
): CrawlOptions {
  return {
    packages: !flags.noNodes,
    versions: !flags.noVersions,
    metadata: !flags.noMetadata,
    nodesPerPage: flags.nodesPerPage,
    maxVersions: flags.maxVersions,
    concurrency: flags.concurrency,
    checkpointInterval: flags.checkpointInterval,
    pages: flags.pages,
    history: flags.history,
    sweep: flags.sweep,
    shard: flags.shard === undefined ? undefined : parseShard(flags.shard),
    now,
  };
}

/** Opens what a crawl needs besides its cache. */
export async function crawlWorld(
  flags: CrawlFlags,
  context: CommandContext,
): Promise<Omit<CrawlWorld, "cache">> {
  const { rate, concurrency, requestBudget } = flags;
  return {
    http: await context.http({ rate, concurrency, requestBudget }),
    registryUrl: flags.registryUrl ?? (await readSources()).registryUrl,
    report: context.report,
    signal: context.signal,
  };
}

/** The error that a crawl with failed reads ends with; its data stands all the same. */
export function crawlFailure({ failures }: CrawlSummary): ComfydockError | undefined {
  if (failures === 0) return undefined;
  const reads = failures === 1 ? "1 read" : `${failures} reads`;
  return new ComfydockError(
    registryErrors.REGISTRY_INCOMPLETE,
    `Cannot read everything: ${reads} failed`,
    {
      hint: "Run the same command again; what was read is kept",
      details: { failures },
    },
  );
}
