import type { MappedPackage, NodeMappings } from "./types.ts";

/** Package id → version → the keys of its node classes. */
export type EarlierKeys = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** The keys of every version of every registry package of an earlier result. */
export function earlierKeys(previous: NodeMappings | undefined): EarlierKeys {
  const packages = new Map<string, Map<string, string[]>>();
  for (const [key, entries] of Object.entries(previous?.mappings ?? {})) {
    for (const { package_id, versions, source } of entries) {
      if (source) continue;
      let known = packages.get(package_id);
      if (!known) packages.set(package_id, known = new Map());
      for (const version of versions) {
        const keys = known.get(version);
        if (keys) keys.push(key);
        else known.set(version, [key]);
      }
    }
  }
  return packages;
}

/** The packages of an earlier result that came from the registry. */
export function registryPart(
  previous: NodeMappings | undefined,
): Readonly<Record<string, MappedPackage>> {
  const packages = Object.entries(previous?.packages ?? {});
  return Object.fromEntries(packages.filter(([, pack]) => pack.source === undefined));
}
