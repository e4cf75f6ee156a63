import { dirname } from "node:path";
import { fileError } from "../../base/mod.ts";
import {
  augmentMappings,
  type ManagerReport,
  type MappingStats,
  readManagerData,
  readMappings,
  writeMappings,
} from "../../mappings/mod.ts";
import { formatCount, type Outcome } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { managerAugmentOptions } from "./pipeline_options.ts";
import { commandTime } from "./now.ts";

/** What `registry manager augment` tells. */
export interface ManagerAugmentData {
  readonly dry_run: boolean;
  readonly output: string;
  readonly stats?: MappingStats;
  /** What was met in Manager's data, odd records by kind. */
  readonly manager?: ManagerReport;
}

/** Adds Manager's packages to mappings. */
export async function run(
  { options, dryRun }: InputOf<typeof managerAugmentOptions>,
  context: CommandContext,
): Promise<Outcome<ManagerAugmentData>> {
  const { mappings, manager, output } = options;
  const data = await readManagerData(await directoryOf(manager));
  const result = augmentMappings(await readMappings(mappings), data, {
    now: commandTime(options.now, context),
  });
  if (!dryRun) await writeMappings(output, result);
  return { data: { dry_run: dryRun, output, stats: result.stats, manager: data.report } };
}

// The seed names the map itself; the other files lie beside it.
async function directoryOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).isDirectory ? path : dirname(path);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

/** Totals, odd records and the file. */
export function view({ dry_run, output, stats, manager }: ManagerAugmentData): string[] {
  const odd = Object.entries(manager?.odd ?? {}).filter(([, count]) => count > 0);
  return [
    `${formatCount(stats?.manager_packages ?? 0)} packages are known from Manager only`,
    ...(odd.length > 0
      ? [
        `Odd records: ${
          odd.map(([kind, count]) => `${formatCount(count)} ${kind.replaceAll("_", " ")}`).join(
            ", ",
          )
        }`,
      ]
      : []),
    `${dry_run ? "Would write" : "Wrote"} ${output}`,
  ];
}
