import type { PackageRow } from "../cache/store.ts";
import type { Reading } from "./reading.ts";
import type { CrawlOptions } from "./types.ts";

const DAY = 86_400_000;

/** A sweep looks at every version once in this time, a little less than seven days so that a late run does no harm. */
const CYCLE_DAYS = 6.5;

/** Versions on one page of `GET /versions`, the most that the API gives. */
export const VERSIONS_PER_PAGE = 100;

/** What is known when version reads are planned. */
export interface SweepState {
  readonly packages: readonly PackageRow[];
  /** Versions at hand. */
  readonly knownVersions: number;
  /** Where the last sweep ended: a part of all versions, from 0 to 1. */
  readonly sweptTo: number;
  /** When the last sweep ran, RFC 3339. */
  readonly sweptAt?: string;
  /** The reading of all pages that was not finished. */
  readonly unfinished?: Reading;
}

/** Which version lists to read because something is new, decided from values alone. */
export interface NewVersionsPlan {
  /** Read all pages of `GET /versions`, unless there are more than `most`. */
  readonly allPages?: { readonly reading: Reading; readonly most: number };
  /** Read the versions of these packages one by one; where the pages were read, only what they left open. */
  readonly packages: readonly string[];
}

/**
 * Plans how new versions are read with the fewest requests.
 *
 * Packages whose list entry changed are read one by one, unless reading all pages is cheaper.
 *
 * @param options `now` and the kind of sweep.
 */
export function planNewVersions(
  { packages, knownVersions, unfinished }: SweepState,
  { now, sweep }: Pick<CrawlOptions, "now" | "sweep">,
): NewVersionsPlan {
  const due = packages.filter((one) => one.missing_since === null && one.versions_due === 1);
  const ids = byWorth(due).map((one) => one.id);
  if (unfinished) return { allPages: { reading: unfinished, most: Infinity }, packages: ids };
  const reading = { startedAt: now, pageSize: VERSIONS_PER_PAGE, done: [] };
  if (sweep === "full") return { allPages: { reading, most: Infinity }, packages: ids };
  return due.length > Math.max(1, pagesOf(knownVersions))
    ? { allPages: { reading, most: due.length }, packages: ids }
    : { packages: ids };
}

/** A part of all versions, the whole being 1; it may go beyond 1 and then goes on from 0. */
export interface SweepPart {
  readonly from: number;
  readonly share: number;
}

/**
 * Plans which part of all versions is looked at again, so much as the time since the last sweep asks for.
 *
 * @param options `now` and the kind of sweep.
 * @returns Nothing when no time has passed, or nothing is to be swept.
 */
export function planSweep(
  { sweptTo, sweptAt }: Pick<SweepState, "sweptTo" | "sweptAt">,
  { now, sweep }: Pick<CrawlOptions, "now" | "sweep">,
): SweepPart | undefined {
  if (sweep !== "rolling") return undefined;
  const whole = CYCLE_DAYS * DAY;
  const elapsed = sweptAt ? Math.max(0, Date.parse(now) - Date.parse(sweptAt)) : whole;
  const share = Math.min(1, elapsed / whole);
  return share > 0 ? { from: sweptTo, share } : undefined;
}

/**
 * The places of a part in a list, counted from 0 and wrapping around.
 *
 * One place before the part is taken again, because the list may have moved by some records since.
 */
export function placesOf({ from, share }: SweepPart, length: number): number[] {
  if (length === 0) return [];
  const first = Math.max(0, Math.floor(from * length) - 1);
  const count = Math.min(length, Math.ceil(share * length) + 2);
  return Array.from({ length: count }, (_, index) => (first + index) % length);
}

/** Where a part ends, from 0 to 1. */
export function endOf({ from, share }: SweepPart): number {
  return (from + share) % 1;
}

/** How many pages of `GET /versions` so many versions fill. */
export function pagesOf(versions: number): number {
  return Math.ceil(versions / VERSIONS_PER_PAGE);
}

/** Orders packages by what reading them is worth: known ones with a new release first, then by downloads. */
export function byWorth(packages: readonly PackageRow[]): PackageRow[] {
  return [...packages].sort((a, b) =>
    Number(b.versions_checked !== null) - Number(a.versions_checked !== null) ||
    b.downloads - a.downloads || (a.id < b.id ? -1 : 1)
  );
}
