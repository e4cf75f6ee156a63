import { type NodeMappings, type SignedEntries, splitNodeKey } from "../../mappings/mod.ts";
import type { ClassGroups } from "./class_groups.ts";

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
