import type { PackageRow } from "../cache/store.ts";

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
  /** The last page that a sweep has read. */
  readonly lastPage: number;
  /** When the last sweep ran, RFC 3339. */
  readonly sweptAt?: string;
  /** When the reading of all pages began that was not finished, and the pages it has read. */
  readonly unfinished?: { readonly startedAt: string; readonly done: readonly number[] };
}

/** Which version lists to read, decided from values alone. */
export interface SweepPlan {
  /** Read all pages of `GET /versions`, but for those that an interrupted run has read. */
  readonly allPages?: { readonly startedAt: string; readonly done: readonly number[] };
  /** Read these pages, counted from 1 and wrapping around. */
  readonly pages: { readonly from: number; readonly count: number };
  /** Read the versions of these packages one by one. */
  readonly packages: readonly string[];
}

/**
 * Plans how versions are read with the fewest requests.
 *
 * Packages whose list entry changed are read one by one, unless reading all pages is cheaper. Besides, pages are
 * swept in turn, so many as the time since the last sweep asks for.
 *
 * @param options `now` and the kind of sweep.
 */
export function planSweep(
  state: SweepState,
  options: { readonly now: string; readonly sweep: "rolling" | "full" | "none" },
): SweepPlan {
  const now = Date.parse(options.now);
  const due = state.packages.filter((one) => one.missing_since === null && one.versions_due === 1);
  const never = due.filter((one) => one.versions_checked === null).length;
  const expected = Math.max(state.knownVersions, never * 8);
  const totalPages = Math.max(1, Math.ceil(expected / VERSIONS_PER_PAGE));
  const none = { from: 1, count: 0 };

  const unfinished = state.unfinished;
  if (unfinished && now - Date.parse(unfinished.startedAt) < DAY) {
    return { allPages: unfinished, pages: none, packages: [] };
  }
  if (options.sweep === "full" || due.length > totalPages) {
    return { allPages: { startedAt: options.now, done: [] }, pages: none, packages: [] };
  }
  const packages = byWorth(due).map((one) => one.id);
  if (options.sweep === "none") return { pages: none, packages };
  const elapsed = state.sweptAt ? Math.max(0, now - Date.parse(state.sweptAt)) : CYCLE_DAYS * DAY;
  const share = Math.min(1, elapsed / (CYCLE_DAYS * DAY));
  // The page before is read again, because the list may have moved by some records since.
  const from = Math.max(1, state.lastPage);
  return { pages: { from, count: Math.ceil(totalPages * share) + (share > 0 ? 1 : 0) }, packages };
}

/** Orders packages by what reading them is worth: known ones with a new release first, then by downloads. */
export function byWorth(packages: readonly PackageRow[]): PackageRow[] {
  return [...packages].sort((a, b) =>
    Number(b.versions_checked !== null) - Number(a.versions_checked !== null) ||
    b.downloads - a.downloads || (a.id < b.id ? -1 : 1)
  );
}
