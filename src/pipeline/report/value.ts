import type { NodeMappings } from "../../mappings/mod.ts";
import {
  computeStats,
  type ListedPackage,
  listPackages,
  rankPackages,
  type RegistryStats,
} from "../stats.ts";

/** All that a report shows. */
export interface ReportValue {
  readonly stats: RegistryStats;
  /** Every package, the most popular first. */
  readonly packages: readonly ListedPackage[];
}

/**
 * Gathers what a report shows from a mappings file.
 *
 * @param mappings The parsed file.
 * @param options Length of the lists, default 15.
 */
export function buildReport(
  mappings: NodeMappings,
  { top = 15 }: { readonly top?: number } = {},
): ReportValue {
  return {
    stats: computeStats(mappings, { top }),
    packages: rankPackages(listPackages(mappings)),
  };
}
