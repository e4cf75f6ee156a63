import { nodeKey } from "../node_key.ts";
import { orderPackages, type PackageOrder, rankEntries } from "../rank.ts";
import { applySchema, type OutputSchema } from "../schema_filter.ts";
import { hashText, NO_SIGNATURE } from "../signature.ts";
import { countStats, dataVersion } from "../stats.ts";
import type { MappedPackage, MappingEntry, NodeMappings } from "../types.ts";
import { canonicalUrl, CORE_PACKAGE, CORE_REPOSITORIES, managerId } from "./canonical_url.ts";
import type { ManagerData, ManagerExtension } from "./types.ts";

/** How ComfyUI-Manager's data is added. */
export interface AugmentOptions {
  /** The time of the build, RFC 3339 UTC; ages are counted to it. */
  readonly now: string;
  /** Which fields are published; all when absent. */
  readonly schema?: OutputSchema;
}

/**
 * Adds ComfyUI-Manager's data to mappings: `TYPE::_` entries, and packages for what the registry does not have.
 *
 * Manager's entries that the mappings already have are replaced; its packages that the data no longer has stay, with
 * their entries, marked `missing_since`. All entries are ranked anew by one rule.
 *
 * @param mappings From the registry, with or without Manager's part; an empty one makes mappings of Manager's data alone.
 * @param data From `readManagerData`.
 */
export function augmentMappings(
  mappings: NodeMappings,
  data: ManagerData,
  { now, schema }: AugmentOptions,
): NodeMappings {
  const registry = Object.entries(mappings.packages).filter(([, { source }]) => !source);
  const order = orderPackages(Object.fromEntries(registry), Date.parse(now));
  const owners = ownersByRepository(registry, order);
  const packages = new Map<string, MappedPackage>(registry);
  const entries = new EntryTable(mappings.mappings);
  for (const extension of data.extensions) {
    const owner = owners.get(extension.canonical);
    const id = owner ?? freeId(extension.canonical, packages);
    const known = owner === undefined ? undefined : packages.get(owner);
    packages.set(id, known ? withClaims(known, extension) : toPackage(extension));
    entries.add(id, extension.classNames);
  }
  keepVanished(mappings, { data, owners, packages, entries, now });
  return finish(mappings, packages, entries, { now, schema });
}

/** Canonical repository → the registry package that Manager's names for it belong to. */
function ownersByRepository(
  registry: readonly (readonly [string, MappedPackage])[],
  order: PackageOrder,
): ReadonlyMap<string, string> {
  // Of several packages the best ranked that the registry still lists; the last one set wins.
  const place = ([id, { missing_since }]: readonly [string, MappedPackage]) =>
    (order.get(id) ?? Infinity) + (missing_since ? order.size : 0);
  const owners = new Map<string, string>();
  for (const [id, { repository }] of registry.toSorted((a, b) => place(b) - place(a))) {
    const canonical = canonicalUrl(repository ?? "");
    // Anyone can publish a package that claims to be ComfyUI's repository.
    if (!canonical || (CORE_REPOSITORIES.includes(canonical) && id !== CORE_PACKAGE)) continue;
    owners.set(canonical, id);
  }
  return owners;
}

function withClaims(pack: MappedPackage, extension: ManagerExtension): MappedPackage {
  const { preemptions, nodenamePattern } = extension;
  const claimed = [...new Set([...pack.preemptions ?? [], ...preemptions])];
  return {
    ...pack,
    ...(claimed.length > 0 ? { preemptions: claimed } : {}),
    ...(nodenamePattern ? { nodename_pattern: nodenamePattern } : {}),
  };
}

function toPackage(extension: ManagerExtension): MappedPackage {
  const { title, author, description, category, tags, files, preemptions } = extension;
  return {
    ...(title ? { display_name: title } : {}),
    ...(author ? { author } : {}),
    ...(description ? { description } : {}),
    repository: extension.repository,
    ...(extension.stars === undefined ? {} : { github_stars: extension.stars }),
    ...(category ? { category } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    source: "manager",
    ...(extension.lastUpdate ? { last_update: extension.lastUpdate } : {}),
    ...(preemptions.length > 0 ? { preemptions } : {}),
    ...(extension.nodenamePattern ? { nodename_pattern: extension.nodenamePattern } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(extension.installType && extension.installType !== "git-clone"
      ? { install_type: extension.installType }
      : {}),
    versions: {},
  };
}

interface Vanishing {
  readonly data: ManagerData;
  readonly owners: ReadonlyMap<string, string>;
  readonly packages: Map<string, MappedPackage>;
  readonly entries: EntryTable;
  readonly now: string;
}

/** Keeps Manager's earlier packages whose repository neither Manager nor the registry has any more. */
function keepVanished(
  mappings: NodeMappings,
  { data, owners, packages, entries, now }: Vanishing,
): void {
  const present = new Set(data.extensions.map(({ canonical }) => canonical));
  const kept = new Set<string>();
  for (const [id, pack] of Object.entries(mappings.packages)) {
    const canonical = canonicalUrl(pack.repository ?? "");
    if (!pack.source || present.has(canonical) || owners.has(canonical) || packages.has(id)) {
      continue;
    }
    kept.add(id);
    packages.set(id, { ...pack, missing_since: pack.missing_since ?? now });
  }
  entries.keep(mappings.mappings, kept);
}

function finish(
  mappings: NodeMappings,
  packages: ReadonlyMap<string, MappedPackage>,
  entries: EntryTable,
  { now, schema }: AugmentOptions,
): NodeMappings {
  const all = Object.fromEntries(packages);
  const ranked = entries.ranked(orderPackages(all, Date.parse(now)));
  const result: NodeMappings = {
    schema_version: mappings.schema_version,
    version: dataVersion(now),
    generated_at: now,
    stats: countStats(ranked, all),
    mappings: ranked,
    packages: all,
  };
  return schema ? applySchema(result, schema) : result;
}

/** The entries of all keys while they are being put together. */
class EntryTable {
  readonly #entries = new Map<string, Map<string, MappingEntry>>();

  /** Starts with the registry's entries. */
  constructor(mappings: NodeMappings["mappings"]) {
    for (const [key, entries] of Object.entries(mappings)) {
      for (const entry of entries) if (!entry.source) this.#put(key, entry);
    }
  }

  /** Adds a package to the `TYPE::_` keys of classes; what the registry says of the same key stays. */
  add(packageId: string, classNames: readonly string[]): void {
    for (const name of classNames) {
      const key = nodeKey(name, NO_SIGNATURE);
      if (this.#entries.get(key)?.has(packageId)) continue;
      this.#put(key, { package_id: packageId, versions: [], rank: 1, source: "manager" });
    }
  }

  /** Takes over the entries of some packages. */
  keep(mappings: NodeMappings["mappings"], packageIds: ReadonlySet<string>): void {
    if (packageIds.size === 0) return;
    for (const [key, entries] of Object.entries(mappings)) {
      for (const entry of entries) {
        if (entry.source && packageIds.has(entry.package_id)) this.#put(key, entry);
      }
    }
  }

  /** All keys with their entries in the order of the packages. */
  ranked(order: PackageOrder): NodeMappings["mappings"] {
    return Object.fromEntries(
      Array.from(
        this.#entries,
        ([key, entries]) => [key, rankEntries([...entries.values()], order)] as const,
      ),
    );
  }

  #put(key: string, entry: MappingEntry): void {
    const entries = this.#entries.get(key);
    if (entries) entries.set(entry.package_id, entry);
    else this.#entries.set(key, new Map([[entry.package_id, entry]]));
  }
}

/** An id for a repository of Manager's; two that fall on one id are told apart. */
function freeId(canonical: string, taken: ReadonlyMap<string, unknown>): string {
  const id = managerId(canonical);
  if (!taken.has(id)) return id;
  return `${id}_${hashText(canonical)}`;
}
