import { compareCodePoints } from "../base/mod.ts";
import { type MappedPackage, type NodeMappings, packagePopularity } from "../mappings/mod.ts";
import { growthOf, type GrowthPoint } from "./growth.ts";
import { classNameOf } from "./class_name.ts";
import { type PackageSummary, summarizePackage } from "./package_summary.ts";
import { Tally } from "./tally.ts";

/** A package as statistics list it. */
export interface ListedPackage extends PackageSummary {
  /** How many versions are known. */
  readonly versions: number;
  /** How many class names the package provides, alone or with others. */
  readonly classes: number;
  /** When it was first published, RFC 3339. */
  readonly created_at?: string;
  /** When its newest version was released, RFC 3339. */
  readonly released_at?: string;
}

/** A class name that several packages provide. */
export interface ContestedClass {
  readonly class_name: string;
  /** Ids of the packages, the most popular first. */
  readonly packages: readonly string[];
}

/** Totals of a mappings file, all counted and none copied from the file's own statistics. */
export interface StatsTotals {
  readonly packages: number;
  readonly registry_packages: number;
  readonly manager_packages: number;
  readonly versions: number;
  readonly deprecated_versions: number;
  readonly missing_packages: number;
  readonly signatures: number;
  readonly class_names: number;
  readonly contested_class_names: number;
  readonly downloads: number;
  readonly github_stars: number;
}

/** Statistics of the registry data. */
export interface RegistryStats {
  /** The mappings file's version and time. */
  readonly version: string;
  readonly generated_at: string;
  readonly totals: StatsTotals;
  readonly by_status: Readonly<Record<string, number>>;
  readonly by_version_status: Readonly<Record<string, number>>;
  /** Cumulative, one point a month without gaps. */
  readonly growth: readonly GrowthPoint[];
  /** Most popular first. */
  readonly top_packages: readonly ListedPackage[];
  /** Newest first, by first publication. */
  readonly newest_packages: readonly ListedPackage[];
  /** Most contested first. */
  readonly contested: readonly ContestedClass[];
}

/** How many entries the lists of {@linkcode computeStats} have. */
export interface StatsOptions {
  /** Length of each list; default 20. */
  readonly top?: number;
}

/**
 * Computes statistics from a mappings file.
 *
 * @param mappings The parsed file.
 * @param options Length of the lists.
 */
export function computeStats(
  mappings: NodeMappings,
  { top = 20 }: StatsOptions = {},
): RegistryStats {
  const providers = collectProviders(mappings);
  const packages = listPackages(mappings, providers);
  const contested = [...providers]
    .filter(([, ids]) => ids.size > 1)
    .map(([class_name, ids]) => ({ class_name, packages: byPopularity([...ids], mappings) }))
    .sort((a, b) =>
      b.packages.length - a.packages.length || compareCodePoints(a.class_name, b.class_name)
    );
  const all = Object.values(mappings.packages);
  const versions = all.flatMap((found) => Object.values(found.versions));
  const registry = packages.filter((found) => found.source === "registry").length;
  return {
    version: mappings.version,
    generated_at: mappings.generated_at,
    totals: {
      packages: packages.length,
      registry_packages: registry,
      manager_packages: packages.length - registry,
      versions: versions.length,
      deprecated_versions: versions.filter((version) => version.deprecated === true).length,
      missing_packages: all.filter((found) => found.missing_since !== undefined).length,
      signatures: Object.keys(mappings.mappings).length,
      class_names: providers.size,
      contested_class_names: contested.length,
      downloads: sum(packages, "downloads"),
      github_stars: sum(packages, "github_stars"),
    },
    by_status: countBy(all.map((found) => found.status)),
    by_version_status: countBy(versions.map((version) => version.status)),
    growth: growthOf(all),
    top_packages: rankPackages(packages).slice(0, top),
    newest_packages: packages
      .filter((found) => found.created_at !== undefined)
      .sort((a, b) =>
        compareCodePoints(b.created_at!, a.created_at!) || compareCodePoints(a.id, b.id)
      )
      .slice(0, top),
    contested: contested.slice(0, top),
  };
}

/**
 * Lists every package with what statistics tell of it, sorted by id.
 *
 * @param mappings The parsed file.
 * @param providers Class name → ids, when it was collected already.
 */
export function listPackages(
  mappings: NodeMappings,
  providers: ReadonlyMap<string, ReadonlySet<string>> = collectProviders(mappings),
): ListedPackage[] {
  const classes = new Map<string, number>();
  for (const ids of providers.values()) {
    for (const id of ids) classes.set(id, (classes.get(id) ?? 0) + 1);
  }
  return Object.entries(mappings.packages)
    .map(([id, found]) => listed(id, found, classes.get(id) ?? 0))
    .sort((a, b) => compareCodePoints(a.id, b.id));
}

/** Sorts packages by popularity, the most popular first, ties by id. */
export function rankPackages(packages: readonly ListedPackage[]): ListedPackage[] {
  return [...packages].sort((a, b) =>
    packagePopularity(b) - packagePopularity(a) || compareCodePoints(a.id, b.id)
  );
}

/** Which packages provide each class name, over all signatures. */
export function collectProviders(mappings: NodeMappings): Map<string, Set<string>> {
  const providers = new Map<string, Set<string>>();
  for (const key in mappings.mappings) {
    const name = classNameOf(key);
    const ids = providers.get(name) ?? new Set();
    for (const entry of mappings.mappings[key]!) ids.add(entry.package_id);
    providers.set(name, ids);
  }
  return providers;
}

function listed(id: string, found: MappedPackage, classes: number): ListedPackage {
  const versions = Object.values(found.versions);
  const released = versions.map((version) => version.release_date ?? "").sort().at(-1);
  return {
    ...summarizePackage(id, found),
    versions: versions.length,
    classes,
    created_at: found.created_at,
    released_at: released || undefined,
  };
}

function byPopularity(ids: readonly string[], mappings: NodeMappings): string[] {
  const weight = (id: string) => packagePopularity(mappings.packages[id] ?? {});
  return [...ids].sort((a, b) => weight(b) - weight(a) || compareCodePoints(a, b));
}

function countBy(values: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  return tally.counts();
}

function sum(packages: readonly ListedPackage[], field: "downloads" | "github_stars"): number {
  return packages.reduce((total, found) => total + found[field], 0);
}
