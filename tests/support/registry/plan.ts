/**
 * How the packages of a generated corpus are shaped, decided in numbers before any record is made.
 *
 * The real registry's totals are 4,500 packages, 36,000 versions and 145,000 node records; the Python predecessor
 * needed 31,500 requests for the newest 10 versions of each. The numbers chosen here, and why:
 *
 * - *Versions per package* follow a lognormal law (`VERSIONS`): half of the packs have 4 or fewer, the mean is 8,
 *   the most active have 120. Wider spread leaves fewer versions among the newest 10, narrower leaves more;
 *   together with the extra pages of classes this one lands at the predecessor's count.
 * - *Classes per pack* follow those of Manager's map, a static scan that also finds what never loads, with large
 *   packs thinned most; packs with many releases have more (`CLASSES`). A few keep more than 100, so that paging matters.
 * - *Extraction*: a quarter of the packs is stuck as a whole, large ones more often (7 of 20 front-page packs have no
 *   data at all), single versions fail now and then; 70 % of the versions end as `success`.
 * - *Changes*: each pack has its own probability that two neighbouring versions differ, `u² × 0.75` for a uniform `u`
 *   when it has 10 versions or more, `u² × 0.45` otherwise. So active packs change at 25 % of their releases on
 *   average, yet half of them at most twice over their last ten: maintenance releases come in rows, and so do releases
 *   that each bring a node.
 *
 * With Manager's data and seed 1 this makes 35,828 versions (23,140 among the newest 10 of each package), 145,591 node
 * records, 31,571 requests of the predecessor of which 3,886 are further pages, and 22 % of neighbouring versions that
 * differ. Few packs hold most classes, so another seed moves the node records by up to 17 %, the requests by 2 %.
 *
 * @module
 */
import { chanceOf, Seeded } from "./seeded.ts";
import type { PackSeed } from "./pack_seed.ts";
import { planReleases, type Release, type Revision } from "./releases.ts";

const VERSIONS = { median: 4.36, spread: 1.1, most: 120 };
const CLASSES = { factor: 1.2, power: 0.86, growth: 0.3 };

/** One package in numbers. */
export interface PackagePlan {
  readonly pack: PackSeed;
  readonly status: string;
  readonly downloads: number;
  /** Oldest first, at least one. */
  readonly releases: readonly Release[];
  /** The states of its class list that releases point at. */
  readonly revisions: readonly Revision[];
}

/**
 * Plans one package, alone and without regard to the others.
 *
 * @param seed The corpus's seed.
 * @param day How many days have passed since the corpus began.
 */
export function planPackage(pack: PackSeed, seed: number, day: number): PackagePlan {
  const random = new Seeded(`${seed} ${pack.id}`);
  const versions = Math.min(
    VERSIONS.most,
    Math.max(1, Math.round(VERSIONS.median * Math.exp(VERSIONS.spread * random.normal()))),
  );
  const expected = CLASSES.factor * pack.classes.length ** CLASSES.power *
    (versions / 8) ** CLASSES.growth;
  const classes = Math.max(1, Math.round(expected));
  const status = random.chance(0.007)
    ? "NodeStatusBanned"
    : random.chance(0.002)
    ? "NodeStatusDeleted"
    : "NodeStatusActive";
  const downloads = pack.stars * 60 + Math.floor(Math.exp(4 + 1.5 * random.normal()));
  const restlessness = random.next() ** 2 * (versions >= 10 ? 0.75 : 0.45);
  const { releases, revisions } = planReleases(random, {
    versions,
    classes,
    restlessness,
    stuck: stuckStatus(random, classes),
    newDays: daysOfRelease(pack, seed, day),
  });
  return { pack, status, downloads, releases, revisions };
}

/** Whether a package is gone by a day; about 2 of 4,500 vanish each day. */
export function isGone(pack: PackSeed, seed: number, day: number): boolean {
  return days(day).some((passed) => chanceOf(`${seed} gone ${passed} ${pack.id}`) < 0.0005);
}

/** On each day 1 % of the packages release a version. */
function daysOfRelease(pack: PackSeed, seed: number, day: number): readonly number[] {
  return days(day).filter((passed) => chanceOf(`${seed} release ${passed} ${pack.id}`) < 0.01);
}

function days(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function stuckStatus(random: Seeded, classes: number): "pending" | "failed" | "empty" | undefined {
  const draw = random.next();
  const pending = classes > 30 ? 0.45 : classes > 10 ? 0.32 : 0.2;
  if (draw < pending) return "pending";
  if (draw < pending + 0.03) return "failed";
  // Packs that only bring a frontend extension are read with success, and have no class.
  return draw > 0.985 ? "empty" : undefined;
}
