import { readRecord } from "../base/mod.ts";
import type { CachedPackage } from "../registry/mod.ts";
import { classesWithin, type ClassList, type KeyedPackage, readPackage } from "./cache_package.ts";
import { ClassReader } from "./class_reader.ts";
import { registryEntries, registryPart } from "./earlier.ts";
import { ProblemList } from "./problems.ts";
import { orderPackages, rankEntries } from "./rank.ts";
import { SharedValues } from "./shared_values.ts";
import { applySchema, type OutputSchema } from "./schema_filter.ts";
import { countStats, dataVersion, SCHEMA_VERSION } from "./stats.ts";
import type { MappedPackage, MappingEntry, NodeMappings } from "./types.ts";
import { sortVersions } from "./version_list.ts";

/** How mappings are built. */
export interface BuildOptions {
  /** The time of the build, RFC 3339 UTC; ages are counted to it. */
  readonly now: string;
  /** How many of the newest versions of a package count; all when absent or negative. */
  readonly maxVersions?: number;
  /** Which fields are published; all when absent. */
  readonly schema?: OutputSchema;
  /**
   * An earlier result with the same `maxVersions`. Versions that the cache holds without their node classes take
   * them from it, and packages that the cache does not hold stay.
   */
  readonly previous?: NodeMappings;
  /** Collects what is left out. */
  readonly problems?: ProblemList;
}

/**
 * Builds mappings from the packages of the registry cache (FORMATS §3).
 *
 * @param packages The cache in any order, from the database or from {@linkcode readCacheFile}; of two packages with
 * one id the first counts.
 * @param options Time, limits, fields, the earlier result.
 */
export async function buildMappings(
  packages: AsyncIterable<CachedPackage | KeyedPackage> | Iterable<CachedPackage | KeyedPackage>,
  options: BuildOptions,
): Promise<NodeMappings> {
  const builder = new MappingsBuilder(options);
  for await (const one of packages) builder.add(one);
  return builder.finish();
}

class MappingsBuilder {
  readonly #options: BuildOptions;
  readonly #problems: ProblemList;
  readonly #reader = new ClassReader();
  readonly #classesOf: ClassList;
  /** Versions that count and whose node classes the cache does not hold, by package. */
  readonly #unread = new Map<string, Set<string>>();
  readonly #shared = new SharedValues();
  readonly #packages = new Map<string, MappedPackage>();
  readonly #entries = new Map<string, MappingEntry[]>();

  constructor(options: BuildOptions) {
    this.#options = options;
    this.#problems = options.problems ?? new ProblemList();
    this.#classesOf = classesWithin(this.#reader);
  }

  add(one: CachedPackage | KeyedPackage): void {
    const { id, package: pack, keys } = "versions_list" in one
      ? readPackage(readRecord(one, one.id), one.id, this.#classesOf)
      : one;
    for (const fault of this.#reader.takeFaults()) this.#problems.add(id, fault);
    if (this.#packages.has(id)) {
      this.#problems.add(id, "Left out a package: another one has the same id");
      return;
    }
    const given = Object.keys(pack.versions);
    const versions = sortVersions(given);
    this.#packages.set(id, versions === given ? pack : withVersions(pack, versions));
    const limit = this.#options.maxVersions ?? -1;
    const byKey = new Map<string, string[]>();
    for (const version of limit < 0 ? versions : versions.slice(0, limit)) {
      const known = keys.get(version);
      if (!known) this.#noteUnread(id, version);
      for (const key of known ?? []) {
        const list = byKey.get(key);
        if (!list) byKey.set(key, [version]);
        else if (list.at(-1) !== version) list.push(version);
      }
    }
    for (const [key, list] of byKey) this.#addEntry(key, id, list);
  }

  finish(): NodeMappings {
    const { now, previous, schema } = this.#options;
    if (previous) this.#takeOver(previous);
    const packages = Object.fromEntries(this.#packages);
    const order = orderPackages(packages, Date.parse(now));
    const mappings: Record<string, readonly MappingEntry[]> = {};
    for (const [key, entries] of this.#entries) mappings[key] = rankEntries(entries, order);
    const result: NodeMappings = {
      schema_version: SCHEMA_VERSION,
      version: dataVersion(now),
      generated_at: now,
      stats: countStats(mappings, packages),
      mappings,
      packages,
    };
    return schema ? applySchema(result, schema) : result;
  }

  #noteUnread(id: string, version: string): void {
    const versions = this.#unread.get(id);
    if (versions) versions.add(version);
    else this.#unread.set(id, new Set([version]));
  }

  /** Takes from an earlier result what the cache does not hold: whole packages, and the nodes of unread versions. */
  #takeOver(previous: NodeMappings): void {
    const missing = new Set<string>();
    for (const [id, pack] of Object.entries(registryPart(previous))) {
      if (this.#packages.has(id)) continue;
      this.#packages.set(id, pack);
      missing.add(id);
    }
    for (const { key, entry } of registryEntries(previous)) {
      const { package_id: id, versions } = entry;
      const unread = this.#unread.get(id);
      const taken = missing.has(id) ? versions : versions.filter((one) => unread?.has(one));
      if (taken.length > 0) this.#mergeEntry(key, id, taken);
    }
  }

  #mergeEntry(key: string, id: string, versions: readonly string[]): void {
    const entries = this.#entries.get(key);
    const at = entries?.findIndex((entry) => entry.package_id === id) ?? -1;
    const [known] = at < 0 ? [] : entries!.splice(at, 1);
    this.#addEntry(key, id, sortVersions([...known?.versions ?? [], ...versions]));
  }

  #addEntry(key: string, packageId: string, versions: readonly string[]): void {
    const entry = { package_id: packageId, versions: this.#shared.list(versions), rank: 1 };
    const entries = this.#entries.get(key);
    if (entries) entries.push(entry);
    else this.#entries.set(key, [entry]);
  }
}

function withVersions(pack: MappedPackage, versions: readonly string[]): MappedPackage {
  const sorted = versions.map((version) => [version, pack.versions[version]!] as const);
  return { ...pack, versions: Object.fromEntries(sorted) };
}
