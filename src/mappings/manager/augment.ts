import { MemoryDraft } from "../draft/memory.ts";
import type { MappingsDraft } from "../draft/types.ts";
import { nodeKey } from "../node_key.ts";
import type { PackageOrder } from "../rank.ts";
import type { OutputSchema } from "../schema_filter.ts";
import { hashText, NO_SIGNATURE } from "../signature.ts";
import type { MappedPackage, NodeMappings } from "../types.ts";
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
  options: AugmentOptions,
): NodeMappings {
  const draft = new MemoryDraft();
  for (const [id, pack] of Object.entries(mappings.packages)) {
    if (!pack.source) draft.setPackage(id, pack);
  }
  for (const [key, entries] of Object.entries(mappings.mappings)) {
    for (const entry of entries) if (!entry.source) draft.setEntry(key, entry);
  }
  const owners = augmentDraft(draft, data, options);
  keepVanished(draft, mappings, { data, owners, now: options.now });
  return draft.toMappings(options);
}

/**
 * Adds ComfyUI-Manager's data to a draft that holds nothing of Manager's yet; as {@linkcode augmentMappings}.
 *
 * @returns Canonical repository → the registry package that Manager's names for it belong to.
 */
export function augmentDraft(
  draft: MappingsDraft,
  data: ManagerData,
  { now }: Pick<AugmentOptions, "now">,
): ReadonlyMap<string, string> {
  const owners = ownersByRepository(draft.packages(), draft.order(Date.parse(now)));
  for (const extension of data.extensions) {
    const owner = owners.get(extension.canonical);
    const id = owner ?? freeId(extension.canonical, draft);
    const known = owner === undefined ? undefined : draft.packageOf(owner);
    draft.setPackage(id, known ? withClaims(known, extension) : toPackage(extension));
    addNames(draft, id, extension.classNames);
  }
  return owners;
}

/** Of several packages with one repository the best ranked that the registry still lists. */
function ownersByRepository(
  registry: Iterable<readonly [string, MappedPackage]>,
  order: PackageOrder,
): ReadonlyMap<string, string> {
  const best = new Map<string, { readonly id: string; readonly place: number }>();
  for (const [id, { repository, missing_since }] of registry) {
    const canonical = canonicalUrl(repository ?? "");
    // Anyone can publish a package that claims to be ComfyUI's repository.
    if (!canonical || (CORE_REPOSITORIES.includes(canonical) && id !== CORE_PACKAGE)) continue;
    const place = (order.get(id) ?? Infinity) + (missing_since ? order.size : 0);
    const known = best.get(canonical);
    if (!known || place < known.place) best.set(canonical, { id, place });
  }
  return new Map(Array.from(best, ([canonical, { id }]) => [canonical, id]));
}

/** Adds a package to the `TYPE::_` keys of classes; what the registry says of the same key stays. */
function addNames(draft: MappingsDraft, id: string, classNames: readonly string[]): void {
  for (const name of classNames) {
    const key = nodeKey(name, NO_SIGNATURE);
    if (draft.entryOf(key, id)) continue;
    draft.setEntry(key, { package_id: id, versions: [], rank: 1, source: "manager" });
  }
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
  readonly now: string;
}

/** Keeps Manager's earlier packages, with their entries, whose repository neither Manager nor the registry has any more. */
function keepVanished(
  draft: MappingsDraft,
  { packages, mappings }: NodeMappings,
  { data, owners, now }: Vanishing,
): void {
  const present = new Set(data.extensions.map(({ canonical }) => canonical));
  const kept = new Set<string>();
  for (const [id, pack] of Object.entries(packages)) {
    const canonical = canonicalUrl(pack.repository ?? "");
    if (!pack.source || present.has(canonical) || owners.has(canonical) || draft.has(id)) continue;
    kept.add(id);
    draft.setPackage(id, { ...pack, missing_since: pack.missing_since ?? now });
  }
  if (kept.size === 0) return;
  for (const [key, entries] of Object.entries(mappings)) {
    for (const entry of entries) {
      if (entry.source && kept.has(entry.package_id)) draft.setEntry(key, entry);
    }
  }
}

/** An id for a repository of Manager's; two that fall on one id are told apart. */
function freeId(canonical: string, taken: Pick<MappingsDraft, "has">): string {
  const id = managerId(canonical);
  if (!taken.has(id)) return id;
  return `${id}_${hashText(canonical)}`;
}
