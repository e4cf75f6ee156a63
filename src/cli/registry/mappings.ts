import { openByteSource } from "../../base/mod.ts";
import {
  buildMappings,
  type MappingStats,
  ProblemList,
  readCacheFile,
  readMappings,
  readOutputSchema,
  writeMappings,
} from "../../mappings/mod.ts";
import { formatCount, type Outcome } from "../../output/mod.ts";
import { isCacheDatabase, tellProblems } from "../../pipeline/mod.ts";
import { readCachedPackages, RegistryCache } from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { mappingsOptions } from "./pipeline_options.ts";
import { commandTime } from "./now.ts";

/** What `registry mappings` tells. */
export interface MappingsData {
  readonly dry_run: boolean;
  readonly cache: string;
  readonly output: string;
  readonly stats?: MappingStats;
  /** Records that were left out. */
  readonly problems?: number;
}

/** Builds mappings from a cache file. */
export async function run(
  { options, dryRun }: InputOf<typeof mappingsOptions>,
  context: CommandContext,
): Promise<Outcome<MappingsData>> {
  const { cache, output, input, schemaConfig, maxVersions } = options;
  const database = await isCacheDatabase(cache);
  if (dryRun) return { data: { dry_run: true, cache, output } };
  const problems = new ProblemList();
  using opened = database ? new RegistryCache(cache, { readOnly: true }) : undefined;
  const packages = opened
    ? readCachedPackages(opened)
    : readCacheFile(openByteSource(cache), problems);
  const mappings = await buildMappings(packages, {
    now: commandTime(options.now, context),
    maxVersions,
    problems,
    schema: schemaConfig === undefined ? undefined : await readOutputSchema(schemaConfig),
    previous: input === undefined ? undefined : await readMappings(input),
  });
  await writeMappings(output, mappings);
  tellProblems(problems, context.report);
  return {
    data: { dry_run: false, cache, output, stats: mappings.stats, problems: problems.count },
  };
}

/** Totals and the file. */
export function view({ dry_run, cache, output, stats }: MappingsData): string[] {
  if (dry_run || !stats) return [`Would build mappings from ${cache} into ${output}`];
  return [
    `${formatCount(stats.signatures)} node signatures of ${formatCount(stats.packages)} packages`,
    `Wrote ${output}`,
  ];
}
