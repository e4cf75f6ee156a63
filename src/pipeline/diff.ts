import { compareCodePoints } from "../base/mod.ts";
import { type MappedPackage, type MappingEntry, type NodeMappings } from "../mappings/mod.ts";

/** A field of a package that changed; `null` stands for absent. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A package that is in both editions and changed. */
export interface PackageChange {
  readonly id: string;
  readonly fields: readonly FieldChange[];
  readonly versions_added: readonly string[];
  readonly versions_removed: readonly string[];
  /** Versions whose status, deprecation or absence changed. */
  readonly version_changes: readonly VersionChange[];
}

/** A version whose standing changed. */
export interface VersionChange {
  readonly version: string;
  readonly fields: readonly FieldChange[];
}

/** A node whose best package changed. */
export interface LeaderChange {
  /** `NODE_TYPE::SIGNATURE`. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** What differs between two editions of the mappings; all lists are sorted. */
export interface MappingsDiff {
  readonly before: { readonly version: string; readonly generated_at: string };
  readonly after: { readonly version: string; readonly generated_at: string };
  /** True when nothing but the time of making differs. */
  readonly equal: boolean;
  readonly packages_added: readonly string[];
  readonly packages_removed: readonly string[];
  readonly packages_changed: readonly PackageChange[];
  readonly signatures_added: readonly string[];
  readonly signatures_removed: readonly string[];
  readonly leader_changes: readonly LeaderChange[];
}

const VERSION_STANDING = ["status", "deprecated", "missing_since"] as const;

/**
 * Compares two editions of the mappings.
 *
 * @param before The older file.
 * @param after The newer file.
 */
export function diffMappings(before: NodeMappings, after: NodeMappings): MappingsDiff {
  const packages = compareKeys(before.packages, after.packages);
  const signatures = compareKeys(before.mappings, after.mappings);
  const changed = packages.common
    .map((id) => comparePackage(id, before.packages[id]!, after.packages[id]!))
    .filter((change) => change !== undefined);
  const leaders = signatures.common
    .map((key) => compareLeader(key, before.mappings[key]!, after.mappings[key]!))
    .filter((change) => change !== undefined);
  const lists = {
    packages_added: packages.added,
    packages_removed: packages.removed,
    packages_changed: changed,
    signatures_added: signatures.added,
    signatures_removed: signatures.removed,
    leader_changes: leaders,
  };
  return {
    before: { version: before.version, generated_at: before.generated_at },
    after: { version: after.version, generated_at: after.generated_at },
    equal: Object.values(lists).every((list) => list.length === 0),
    ...lists,
  };
}

function comparePackage(
  id: string,
  before: MappedPackage,
  after: MappedPackage,
): PackageChange | undefined {
  const versions = compareKeys(before.versions, after.versions);
  const { versions: _before, ...beforeFields } = before;
  const { versions: _after, ...afterFields } = after;
  const change = {
    id,
    fields: compareFields({ ...beforeFields }, { ...afterFields }),
    versions_added: versions.added,
    versions_removed: versions.removed,
    version_changes: versions.common
      .map((version) => {
        const standing = (found: MappedPackage) =>
          Object.fromEntries(
            VERSION_STANDING.map((name) => [name, found.versions[version]![name]]),
          );
        return { version, fields: compareFields(standing(before), standing(after)) };
      })
      .filter((found) => found.fields.length > 0),
  };
  const { id: _id, ...lists } = change;
  return Object.values(lists).some((list) => list.length > 0) ? change : undefined;
}

function compareFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort(compareCodePoints)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}

function compareLeader(
  key: string,
  before: readonly MappingEntry[],
  after: readonly MappingEntry[],
): LeaderChange | undefined {
  const [old, now] = [before[0]?.package_id ?? "", after[0]?.package_id ?? ""];
  return old === now ? undefined : { key, before: old, after: now };
}

function compareKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { added: string[]; removed: string[]; common: string[] } {
  const old = Object.keys(before);
  return {
    added: Object.keys(after).filter((key) => !Object.hasOwn(before, key)).sort(compareCodePoints),
    removed: old.filter((key) => !Object.hasOwn(after, key)).sort(compareCodePoints),
    common: old.filter((key) => Object.hasOwn(after, key)).sort(compareCodePoints),
  };
}
