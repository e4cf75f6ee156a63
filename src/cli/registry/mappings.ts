import { counted, openByteSource, type Reporter } from "../../base/mod.ts";
import {
  buildMappings,
  type KeyedPackage,
  type MappingStats,
  ProblemList,
  readCacheFile,
  readMappings,
  readOutputSchema,
  writeMappings,
} from "../../mappings/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { isCacheDatabase, tellProblems } from "../../pipeline/mod.ts";
import { type CachedPackage, readCachedPackages, RegistryCache } from "../../registry/mod.ts";
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
  const counted = countInto(context.report, packages, options.checkpointInterval);
  const mappings = await buildMappings(counted, {
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

type PackageSource = Iterable<CachedPackage> | AsyncIterable<KeyedPackage>;

/** Reports progress on the way through packages, each time so many have passed. */
async function* countInto(
  report: Reporter,
  packages: PackageSource,
  interval: number,
): AsyncGenerator<CachedPackage | KeyedPackage> {
  const id = "mappings";
  report.emit({ kind: "started", id, label: "Building mappings", unit: "items" });
  let passed = 0;
  for await (const one of packages) {
    yield one;
    if (++passed % interval === 0) report.emit({ kind: "advanced", id, by: interval });
  }
  report.emit({ kind: "advanced", id, by: passed % interval });
  report.emit({ kind: "finished", id });
}

/** Totals and the file. */
export function view({ dry_run, cache, output, stats }: MappingsData): string[] {
  if (dry_run || !stats) return [`Would build mappings from ${cache} into ${output}`];
  return [
    `${counted(stats.signatures, "node signature")} of ${counted(stats.packages, "package")}`,
    `Wrote ${output}`,
  ];
}
