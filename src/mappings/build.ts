import { readRecord } from "../base/mod.ts";
import type { CachedPackage } from "../registry/mod.ts";
import { classesWithin, type ClassList, type KeyedPackage, readPackage } from "./cache_package.ts";
import { ClassReader } from "./classes/mod.ts";
import { MemoryDraft } from "./draft/memory.ts";
import type { MappingsDraft } from "./draft/types.ts";
import { type EarlierPart, partsOf } from "./earlier.ts";
import { ProblemList } from "./problems.ts";
import { SharedValues } from "./shared_values.ts";
import type { OutputSchema } from "./schema_filter.ts";
import type { MappedPackage, NodeMappings } from "./types.ts";
import { sortVersions } from "./version_list.ts";

/** How a draft is filled. */
export interface FillOptions {
  /** How many of the newest versions of a package count; all when absent or negative. */
  readonly maxVersions?: number;
  /**
   * An earlier result with the same `maxVersions`. Versions that the cache holds without their node classes take
   * them from it, and packages that the cache does not hold stay.
   */
  readonly previous?: AsyncIterable<EarlierPart> | Iterable<EarlierPart>;
  /** Collects what is left out. */
  readonly problems?: ProblemList;
}

/** How mappings are built. */
export interface BuildOptions extends Omit<FillOptions, "previous"> {
  /** The time of the build, RFC 3339 UTC; ages are counted to it. */
  readonly now: string;
  /** Which fields are published; all when absent. */
  readonly schema?: OutputSchema;
  /** As in {@linkcode FillOptions}. */
  readonly previous?: NodeMappings;
}

/** The packages of the cache, as the database or {@linkcode readCacheFile} gives them. */
export type CachePackages =
  | AsyncIterable<CachedPackage | KeyedPackage>
  | Iterable<CachedPackage | KeyedPackage>;

/**
 * Builds mappings from the packages of the registry cache (FORMATS §3).
 *
 * @param packages The cache in any order, from the database or from {@linkcode readCacheFile}; of two packages with
 * one id the first counts.
 * @param options Time, limits, fields, the earlier result.
 */
export async function buildMappings(
  packages: CachePackages,
  options: BuildOptions,
): Promise<NodeMappings> {
  const draft = new MemoryDraft();
  const { previous } = options;
  await fillDraft(draft, packages, { ...options, previous: previous && partsOf(previous) });
  return draft.toMappings(options);
}

/**
 * Fills a draft with the packages of the registry cache; as {@linkcode buildMappings}, without ranks.
 *
 * @param options As there; the earlier result comes in pieces.
 */
export async function fillDraft(
  draft: MappingsDraft,
  packages: CachePackages,
  { previous, ...options }: FillOptions,
): Promise<void> {
  const builder = new MappingsBuilder(draft, options);
  for await (const one of packages) builder.add(one);
  if (!previous) return;
  for await (const part of previous) builder.takeOver(part);
  draft.dropOrphans();
}

class MappingsBuilder {
  readonly #draft: MappingsDraft;
  readonly #limit: number;
  readonly #problems: ProblemList;
  readonly #reader = new ClassReader();
  readonly #classesOf: ClassList;
  readonly #shared = new SharedValues();

  constructor(draft: MappingsDraft, options: Omit<FillOptions, "previous">) {
    this.#draft = draft;
    const { maxVersions = -1 } = options;
    this.#limit = maxVersions < 0 ? Infinity : maxVersions;
    this.#problems = options.problems ?? new ProblemList();
    this.#classesOf = classesWithin(this.#reader);
  }

  add(one: CachedPackage | KeyedPackage): void {
    const { id, package: pack, keys } = "versions_list" in one
      ? readPackage(readRecord(one, one.id), one.id, this.#classesOf)
      : one;
    for (const fault of this.#reader.takeFaults()) this.#problems.add(id, fault);
    if (this.#draft.has(id)) {
      this.#problems.add(id, "Left out a package: another one has the same id");
      return;
    }
    const given = Object.keys(pack.versions);
    const versions = sortVersions(given);
    this.#draft.setPackage(id, versions === given ? pack : withVersions(pack, versions));
    const byKey = new Map<string, string[]>();
    for (const version of versions.slice(0, this.#limit)) {
      const known = keys.get(version);
      if (!known) this.#draft.noteUnread(id, version);
      for (const key of known ?? []) {
        const list = byKey.get(key);
        if (!list) byKey.set(key, [version]);
        else if (list.at(-1) !== version) list.push(version);
      }
    }
    for (const [key, list] of byKey) this.#addEntry(key, id, list);
  }

  /**
   * Takes from an earlier result what the cache does not hold: whole packages, and the nodes of unread versions.
   *
   * Keys come before packages, so what belongs to a package that does not come in the end is dropped after all.
   */
  takeOver(part: EarlierPart): void {
    if (part.kind === "package") {
      const { id, package: pack } = part;
      if (pack.source === undefined && !this.#draft.has(id)) this.#draft.setPackage(id, pack);
      return;
    }
    for (const { package_id: id, versions, source } of part.entries) {
      if (source) continue;
      const taken = this.#draft.has(id)
        ? versions.filter((one) => this.#draft.isUnread(id, one))
        : versions;
      if (taken.length > 0) this.#mergeEntry(part.key, id, taken);
    }
  }

  #mergeEntry(key: string, id: string, versions: readonly string[]): void {
    const known = this.#draft.entryOf(key, id);
    this.#addEntry(key, id, sortVersions([...known?.versions ?? [], ...versions]));
  }

  #addEntry(key: string, packageId: string, versions: readonly string[]): void {
    const entry = { package_id: packageId, versions: this.#shared.list(versions), rank: 1 };
    this.#draft.setEntry(key, entry);
  }
}

function withVersions(pack: MappedPackage, versions: readonly string[]): MappedPackage {
  const sorted = versions.map((version) => [version, pack.versions[version]!] as const);
  return { ...pack, versions: Object.fromEntries(sorted) };
}
