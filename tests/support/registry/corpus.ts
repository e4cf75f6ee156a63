import {
  type Corpus,
  type CorpusClass,
  type CorpusPackage,
  toCorpusPackage,
  toCorpusVersion,
} from "../../../src/demo/sample_registry/mod.ts";
import { makeClass } from "./class_records.ts";
import { packageRecord, versionRecord } from "./package_records.ts";
import { withOddRecords } from "./corpus_changes.ts";
import type { PackSeed } from "./pack_seed.ts";
import { isGone, type PackagePlan, planPackage } from "./plan.ts";
import type { Revision } from "./releases.ts";
import { chanceOf, hashText } from "./seeded.ts";
import { type PackSource, readPacks } from "./sources.ts";

/** Which corpus to make; equal options make equal corpora on every machine with the same source. */
export interface CorpusOptions {
  /** How many packages, at most 5,000; default 4,500, the real size. */
  readonly packages?: number;
  /** So many times each of them, under names of its own and with a history of its own; default 1. */
  readonly copies?: number;
  /** Default 1. */
  readonly seed?: number;
  /** 1 is the next day: 1 % of the packages have a new version, some statuses changed, some packages vanished. */
  readonly day?: number;
  readonly source?: PackSource;
  /** Puts broken records among those of every so many-th package, as `withOddRecords` does. */
  readonly oddEvery?: number;
}

/** Makes a corpus like the real registry; `plan.ts` tells how it is shaped. */
export async function makeCorpus(options: CorpusOptions = {}): Promise<Corpus> {
  const { packages = 4_500, copies = 1, seed = 1, day = 0, source = "auto", oddEvery } = options;
  const originals = (await readPacks(source))
    .map((pack) => ({ pack, place: hashText(`${seed} place ${pack.id}`) }))
    .toSorted((a, b) => a.place - b.place)
    .slice(0, packages);
  const packs = Array.from({ length: copies }, (_, copy) => copy)
    .flatMap((copy) => originals.map(({ pack }) => copy === 0 ? pack : copyOf(pack, copy + 1)))
    .filter((pack) => !isGone(pack, seed, day));
  const corpus = {
    packages: packs.map((pack) => makePackage(planPackage(pack, seed, day), seed, day)),
  };
  return oddEvery ? withOddRecords(corpus, oddEvery) : corpus;
}

function copyOf(pack: PackSeed, number: number): PackSeed {
  return {
    ...pack,
    id: `${pack.id.slice(0, 95)}-${number}`,
    name: `${pack.name} ${number}`,
    repository: `${pack.repository}-${number}`,
    classes: pack.classes.map((name) => `${name} ${number}`),
  };
}

function makePackage(plan: PackagePlan, seed: number, day: number): CorpusPackage {
  const lists = new Map<number, readonly CorpusClass[]>();
  const shared = new Map<string, CorpusClass>();
  const versions = plan.releases.map((release) => {
    const { revision, hasClasses } = release;
    if (hasClasses && !lists.has(revision)) {
      lists.set(revision, makeClasses(plan, plan.revisions[revision]!, shared));
    }
    const key = `${seed} ${plan.pack.id} ${release.version}`;
    return toCorpusVersion(
      versionRecord(plan, release, { key, day }),
      hasClasses ? lists.get(revision)! : [],
      { hideUrl: chanceOf(`${key} hidden`) < 0.05 },
    );
  });
  return toCorpusPackage(packageRecord(plan), versions.toReversed());
}

function makeClasses(
  { pack }: PackagePlan,
  revision: Revision,
  shared: Map<string, CorpusClass>,
): readonly CorpusClass[] {
  const make = (name: string, edit: number) => {
    const key = `${edit} ${name}`;
    const known = shared.get(key) ?? makeClass(pack.id, name, edit);
    shared.set(key, known);
    return known;
  };
  return [
    ...Array.from(
      { length: revision.count },
      (_, place) => make(classAt(pack.classes, place), revision.edits.get(place) ?? 0),
    ),
    ...revision.extra.map((ending) => make(`${pack.classes[0]} ${ending}`, 0)),
  ];
}

/** A pack that is larger than its seed takes the names again, with a number. */
function classAt(names: readonly string[], place: number): string {
  const round = Math.floor(place / names.length);
  const name = names[place % names.length]!;
  return round === 0 ? name : `${name} ${round + 1}`;
}
