import { type NodeMappings, type SignedEntries, splitNodeKey } from "../../mappings/mod.ts";

/** Class names that the same versions of a package have; an empty list stands for versions that are not known. */
export type ClassGroups = readonly {
  readonly versions: readonly string[];
  readonly names: readonly string[];
}[];

/** Arranges mappings by class name, and by package. */
export function groupClasses(mappings: NodeMappings): {
  readonly byType: ReadonlyMap<string, readonly SignedEntries[]>;
  readonly byPackage: ReadonlyMap<string, ClassGroups>;
} {
  const byType = new Map<string, SignedEntries[]>();
  const byPackage = new Map<
    string,
    Map<string, { versions: readonly string[]; names: string[] }>
  >();
  for (const key in mappings.mappings) {
    const parts = splitNodeKey(key);
    if (!parts) continue;
    const entries = mappings.mappings[key]!;
    const signed = byType.get(parts.nodeType);
    if (signed) signed.push({ signature: parts.signature, entries });
    else byType.set(parts.nodeType, [{ signature: parts.signature, entries }]);
    for (const { package_id: id, versions } of entries) {
      let groups = byPackage.get(id);
      if (!groups) byPackage.set(id, groups = new Map());
      const same = versions.join("\n");
      const group = groups.get(same);
      if (!group) groups.set(same, { versions, names: [parts.nodeType] });
      else if (group.names.at(-1) !== parts.nodeType) group.names.push(parts.nodeType);
    }
  }
  return {
    byType,
    byPackage: new Map([...byPackage].map(([id, groups]) => [id, [...groups.values()]])),
  };
}

/**
 * The class names of a package, sorted.
 *
 * @param version Only what this version has; one that no group knows counts as if none was named.
 */
export function classNames(groups: ClassGroups, version?: string): readonly string[] {
  const known = version !== undefined && groups.some(({ versions }) => versions.includes(version));
  const chosen = known
    ? groups.filter(({ versions }) => versions.length === 0 || versions.includes(version))
    : groups;
  return [...new Set(chosen.flatMap(({ names }) => names))].sort();
}
