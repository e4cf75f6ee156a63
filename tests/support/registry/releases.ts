import { Seeded } from "./seeded.ts";

/** A state of a pack's class list. */
export interface Revision {
  /** How many of the pack's classes there are, from the first. */
  readonly count: number;
  /** Place of a class → how many times its inputs differ from the newest. */
  readonly edits: ReadonlyMap<number, number>;
  /** Names made up besides: classes that were dropped later, or that came on a new day. */
  readonly extra: readonly string[];
}

/** One release in numbers. */
export interface Release {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Index of its class list. */
  readonly revision: number;
  /** What the registry says about reading its classes. */
  readonly extract: "success" | "pending" | "failed";
  /** False when the registry shows no class of it. */
  readonly hasClasses: boolean;
}

/** What `planReleases` needs to know. */
export interface ReleaseWishes {
  readonly versions: number;
  readonly classes: number;
  /** Probability that two neighbouring versions differ. */
  readonly restlessness: number;
  /** All versions share this fate. */
  readonly stuck?: "pending" | "failed" | "empty";
  /** Days after the start on which another version comes. */
  readonly newDays: readonly number[];
}

/** When a corpus begins: all of its releases lie before, those of later days after. */
export const corpusStart = Date.UTC(2026, 8, 1);
const dayLength = 86_400_000;

/** Plans the releases of a pack, oldest first, with the class lists that they share. */
export function planReleases(
  random: Seeded,
  wishes: ReleaseWishes,
): { readonly releases: readonly Release[]; readonly revisions: readonly Revision[] } {
  const revisions: Revision[] = [{ count: wishes.classes, edits: new Map(), extra: [] }];
  const releases: Release[] = [];
  let time = corpusStart - Math.floor(Math.exp(3.8 + 1.4 * random.normal()) * dayLength);
  // Backwards from the newest, so that the newest has all classes.
  for (let index = wishes.versions - 1; index >= 0; index--) {
    releases.push({
      version: "",
      time,
      revision: revisions.length - 1,
      ...fate(random, wishes.stuck, index === wishes.versions - 1),
    });
    if (random.chance(wishes.restlessness) && index > 0) {
      revisions.push(olderRevision(random, revisions.at(-1)!, wishes.classes));
    }
    // Now and then an older version was published later, as a fix for those who stay on it.
    const gap = random.chance(0.03) ? -2 : -12 * Math.log(1 - random.next());
    time = Math.max(corpusStart - 1_000 * dayLength, time - Math.floor(gap * dayLength));
  }
  releases.reverse();
  // Drawn from a source of its own: a release more must not rename those before it.
  const naming = new Seeded(String(random.next()));
  for (const day of wishes.newDays) {
    const newest = revisions[releases.at(-1)!.revision]!;
    const added = random.chance(0.4);
    if (added) revisions.push({ ...newest, extra: [...newest.extra, `Day ${day}`] });
    releases.push({
      version: "",
      time: corpusStart + day * dayLength - random.between(1, 80_000) * 1_000,
      revision: added ? revisions.length - 1 : releases.at(-1)!.revision,
      ...fate(random, wishes.stuck, false),
    });
  }
  const names = versionNames(naming, releases.length);
  return {
    releases: releases.map((release, index) => ({ ...release, version: names[index]! })),
    revisions,
  };
}

function fate(
  random: Seeded,
  stuck: ReleaseWishes["stuck"],
  newest: boolean,
): Pick<Release, "extract" | "hasClasses"> {
  const draw = random.next();
  if (stuck === "empty") return { extract: "success", hasClasses: false };
  if (stuck) return { extract: stuck, hasClasses: false };
  if (draw < 0.04) return { extract: "failed", hasClasses: false };
  if (draw < (newest ? 0.1 : 0.05)) return { extract: "pending", hasClasses: false };
  return { extract: "success", hasClasses: true };
}

/** Two of three changes bring classes, one in four changes the inputs of one, the others drop one. */
function olderRevision(random: Seeded, newer: Revision, classes: number): Revision {
  const kind = random.next();
  const added = 1 + Math.floor(random.next() * classes / 8);
  const place = random.between(0, Math.max(0, newer.count - 1));
  if (kind < 0.65 && newer.count > added) return { ...newer, count: newer.count - added };
  if (kind < 0.9 || newer.extra.length > 2) {
    return { ...newer, edits: new Map(newer.edits).set(place, (newer.edits.get(place) ?? 0) + 1) };
  }
  return { ...newer, extra: [...newer.extra, `Legacy ${newer.extra.length + 1}`] };
}

function versionNames(random: Seeded, count: number): readonly string[] {
  let [major, minor, patch] = random.chance(0.7) ? [1, 0, 0] : [0, 1, 0];
  const names: string[] = [];
  for (let index = 0; index < count; index++) {
    names.push(`${major}.${minor}.${patch}`);
    const step = random.next();
    if (step < 0.7) patch++;
    else if (step < 0.96) [minor, patch] = [minor + 1, 0];
    else [major, minor, patch] = [major + 1, 0, 0];
  }
  return names;
}
