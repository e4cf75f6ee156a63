import type { MappedPackage } from "../mappings/mod.ts";

/** How much there was at the end of a month. */
export interface GrowthPoint {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Packages published up to then. */
  readonly packages: number;
  /** Versions released up to then. */
  readonly versions: number;
}

// Dates before ComfyUI existed are faults of the data and would only stretch the axis.
const FIRST_MONTH = "2023-01";

/**
 * Counts packages and versions at the end of each month, from the dates that the registry gives.
 *
 * Records without a usable date are left out, so the last point may be less than the totals.
 *
 * @returns One point for each month from the first to the last with a date, without gaps.
 */
export function growthOf(packages: readonly MappedPackage[]): GrowthPoint[] {
  const published = new Map<string, number>();
  const released = new Map<string, number>();
  for (const found of packages) {
    countMonth(published, found.created_at);
    for (const version of Object.values(found.versions)) countMonth(released, version.release_date);
  }
  const months = [...published.keys(), ...released.keys()].sort();
  const points: GrowthPoint[] = [];
  let total = { packages: 0, versions: 0 };
  for (
    let month = months[0];
    month !== undefined && month <= months.at(-1)!;
    month = after(month)
  ) {
    total = {
      packages: total.packages + (published.get(month) ?? 0),
      versions: total.versions + (released.get(month) ?? 0),
    };
    points.push({ month, ...total });
  }
  return points;
}

function countMonth(counts: Map<string, number>, time: string | undefined): void {
  const month = time === undefined ? undefined : /^2\d{3}-(?:0[1-9]|1[0-2])/.exec(time)?.[0];
  if (month === undefined || month < FIRST_MONTH || month > "2099") return;
  counts.set(month, (counts.get(month) ?? 0) + 1);
}

function after(month: string): string {
  const year = Number(month.slice(0, 4));
  const next = Number(month.slice(5)) + 1;
  return next > 12 ? `${year + 1}-01` : `${year}-${String(next).padStart(2, "0")}`;
}
