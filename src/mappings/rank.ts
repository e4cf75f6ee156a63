import { compareCodePoints } from "../base/mod.ts";
import type { MappedPackage, MappingEntry } from "./types.ts";

const DAY = 86_400_000;

/** Factor by the age of the newest release, in days (FORMATS §3, "Ranking"). */
const RECENCY = [[90, 1], [180, 0.95], [365, 0.85], [730, 0.7]] as const;
const OLDEST = 0.5;

/**
 * How popular and alive a package is: max(0.1, downloads / 10 + stars × 2) × recency (FORMATS §3, "Ranking").
 *
 * @param pack Its downloads, stars, versions with their dates or, for Manager's packages, the last update.
 * @param now Milliseconds since the Unix epoch that ages are counted to.
 */
export function packageScore(pack: MappedPackage, now: number): number {
  return Math.max(0.1, packagePopularity(pack)) * recency(newestRelease(pack), now);
}

/** How much a package is used: downloads / 10 + stars × 2, the score without its recency. */
export function packagePopularity(
  { downloads = 0, github_stars = 0 }: Pick<MappedPackage, "downloads" | "github_stars">,
): number {
  return downloads / 10 + github_stars * 2;
}

/** When the newest version was released, in milliseconds since the Unix epoch. */
export function newestRelease(pack: MappedPackage): number | undefined {
  let newest = parseTime(pack.last_update);
  for (const version in pack.versions) {
    const time = parseTime(pack.versions[version]!.release_date);
    if (time !== undefined && !(newest !== undefined && newest >= time)) newest = time;
  }
  return newest;
}

function recency(released: number | undefined, now: number): number {
  if (released === undefined) return 1;
  const days = (now - released) / DAY;
  return RECENCY.find(([below]) => days < below)?.[1] ?? OLDEST;
}

/** Reads RFC 3339; a time without a zone, as Manager's data has it, is UTC. */
function parseTime(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const time = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** The order of packages by score; where nothing else decides, the one with the smaller place is better. */
export type PackageOrder = ReadonlyMap<string, number>;

/**
 * Orders packages: highest score first, ties by package id.
 *
 * @param packages Package id to package.
 * @param now Milliseconds since the Unix epoch.
 * @returns Package id to its place, from 0.
 */
export function orderPackages(
  packages: Readonly<Record<string, MappedPackage>>,
  now: number,
): PackageOrder {
  const scored = Object.entries(packages).map(([id, pack]) => ({
    id,
    score: packageScore(pack, now),
  }));
  scored.sort((a, b) => b.score - a.score || compareCodePoints(a.id, b.id));
  return new Map(scored.map(({ id }, place) => [id, place]));
}

/**
 * Gives the entries of one node their ranks 1 to n.
 *
 * @param entries One per package; ranks that they have are not looked at.
 * @param order From {@linkcode orderPackages}; packages that it does not know come last, by id.
 */
export function rankEntries(
  entries: readonly MappingEntry[],
  order: PackageOrder,
): readonly MappingEntry[] {
  if (entries.length === 1) return entries[0]!.rank === 1 ? entries : [withRank(entries[0]!, 1)];
  const place = (entry: MappingEntry) => order.get(entry.package_id) ?? Infinity;
  return entries
    .toSorted((a, b) => {
      const [left, right] = [place(a), place(b)];
      return left === right ? compareCodePoints(a.package_id, b.package_id) : left - right;
    })
    .map((entry, index) => withRank(entry, index + 1));
}

function withRank(entry: MappingEntry, rank: number): MappingEntry {
  const { package_id, versions, source } = entry;
  return source ? { package_id, versions, rank, source } : { package_id, versions, rank };
}
