import { isKind } from "../../base/mod.ts";
import {
  type GroupItem,
  type Manifest,
  normalizePackageName,
  parseRequirement,
  pyprojectErrors,
} from "../../pyproject/mod.ts";

/** A field that differs; absent stands for nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What is asked of one package, before and after. */
export interface RequirementChange {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** An entry that came, went or changed. */
export interface EntryChange {
  readonly key: string;
  readonly change: "added" | "removed" | "changed";
  readonly fields: readonly FieldChange[];
}

/** What differs between two manifests, by meaning and not by line. */
export interface ManifestDiff {
  /** Python, torch backend, ComfyUI. */
  readonly facts: readonly FieldChange[];
  readonly dependencies: readonly RequirementChange[];
  readonly constraints: readonly RequirementChange[];
  /** Dependency groups whose requirements differ. */
  readonly groups: readonly {
    readonly group: string;
    readonly changes: readonly RequirementChange[];
  }[];
  readonly nodes: readonly EntryChange[];
  readonly models: readonly EntryChange[];
  readonly workflows: readonly EntryChange[];
}

/** Compares two manifests. */
export function diffManifests(before: Manifest, after: Manifest): ManifestDiff {
  const groups = new Set([...Object.keys(before.groups), ...Object.keys(after.groups)]);
  return {
    facts: diffFields(before.environment, after.environment),
    dependencies: diffRequirements(before.project.dependencies, after.project.dependencies),
    constraints: diffRequirements(before.uv.constraints, after.uv.constraints),
    groups: [...groups].sort().map((group) => ({
      group,
      changes: diffRequirements(
        textsOf(before.groups[group] ?? []),
        textsOf(after.groups[group] ?? []),
      ),
    })).filter(({ changes }) => changes.length > 0),
    nodes: diffEntries(before.nodes, after.nodes),
    models: diffEntries(before.models, after.models),
    workflows: diffEntries(before.workflows, after.workflows),
  };
}

function textsOf(items: readonly GroupItem[]): readonly string[] {
  return items.map((item) =>
    typeof item === "string" ? item : `include-group ${item.includeGroup}`
  );
}

/** Compares two lists of requirements, package by package. */
export function diffRequirements(
  before: readonly string[],
  after: readonly string[],
): readonly RequirementChange[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().map((name) => ({
    name,
    before: old.get(name) ?? [],
    after: now.get(name) ?? [],
  })).filter((change) => !same(change.before, change.after));
}

function byName(requirements: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const requirement of requirements) {
    const name = requiredPackage(requirement);
    found.set(name, [...found.get(name) ?? [], requirement].sort());
  }
  return found;
}

/** The normalised name of the package that a requirement asks for; forms of uv's that PEP 508 does not know stand for themselves. */
export function requiredPackage(requirement: string): string {
  try {
    return normalizePackageName(parseRequirement(requirement).name);
  } catch (error) {
    if (!isKind(error, pyprojectErrors.REQUIREMENT_INVALID)) throw error;
    return requirement;
  }
}

function diffEntries<Entry extends object>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
): readonly EntryChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): EntryChange[] => {
    const [old, now] = [before[key], after[key]];
    const fields = diffFields(old ?? {}, now ?? {});
    if (old && now) return fields.length === 0 ? [] : [{ key, change: "changed", fields }];
    return [{ key, change: now ? "added" : "removed", fields }];
  });
}

function diffFields(before: object, after: object): readonly FieldChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].map((field) => ({
    field,
    before: old.get(field),
    after: now.get(field),
  })).filter((change) => !same(change.before, change.after));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
