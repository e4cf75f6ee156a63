import { counted } from "../../base/mod.ts";
import { alignColumns, formatCount, type Outcome, type Style } from "../../output/mod.ts";
import {
  type CacheStats,
  computeCacheStats,
  computeStats,
  type ListedPackage,
  readCachePackages,
  type RegistryStats,
} from "../../pipeline/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { statsOptions } from "./query_options.ts";
import { queryMappings } from "./query_mappings.ts";

/** What `registry stats` tells. */
export interface StatsData extends RegistryStats {
  /** Counts of the cache that was named. */
  readonly cache?: CacheStats;
}

/** Counts what mappings, and a cache if one is named, hold. */
export async function run(
  { options }: InputOf<typeof statsOptions>,
  context: CommandContext,
): Promise<Outcome<StatsData>> {
  const stats = computeStats(await queryMappings(options, context), { top: options.top });
  if (options.cache === undefined) return { data: stats };
  const packages = readCachePackages(options.cache, context.report);
  return { data: { ...stats, cache: await computeCacheStats(packages, context) } };
}

/** Totals, then the most popular and the newest packages and the most contested names. */
export function view(stats: StatsData, style: Style): string[] {
  const { totals } = stats;
  const rows = Object.entries(totals).map((
    [name, count],
  ) => [name.replaceAll("_", " "), formatCount(count)]);
  return [
    `${style.bold("Data of")} ${stats.generated_at}`,
    ...alignColumns(rows, { indent: 2 }),
    style.bold("Most popular"),
    ...packageLines(stats.top_packages),
    ...(stats.newest_packages.length > 0
      ? [style.bold("Newest"), ...packageLines(stats.newest_packages)]
      : []),
    style.bold("Names that several packages claim"),
    ...alignColumns(
      stats.contested.map((one) => [one.class_name, counted(one.packages.length, "package")]),
      { indent: 2 },
    ),
  ];
}

function packageLines(packages: readonly ListedPackage[]): string[] {
  const rows = packages.map((one) => [
    one.id,
    one.downloads > 0 ? counted(one.downloads, "download") : "",
    one.github_stars > 0 ? `${formatCount(one.github_stars)} stars` : "",
    one.created_at?.slice(0, 10) ?? "",
  ]);
  return alignColumns(rows, { indent: 2 });
}
