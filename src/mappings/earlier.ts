import type { MappedPackage, MappingEntry, NodeMappings } from "./types.ts";

/** The entries of an earlier result that came from the registry, each with its key. */
export function* registryEntries(
  { mappings }: NodeMappings,
): Generator<{ readonly key: string; readonly entry: MappingEntry }> {
  for (const key in mappings) {
    for (const entry of mappings[key]!) if (!entry.source) yield { key, entry };
  }
}

/** The packages of an earlier result that came from the registry. */
export function registryPart({ packages }: NodeMappings): Readonly<Record<string, MappedPackage>> {
  return Object.fromEntries(
    Object.entries(packages).filter(([, pack]) => pack.source === undefined),
  );
}
