import type { MappedPackage, MappingEntry, NodeMappings } from "./types.ts";

/** A piece of earlier mappings: a key with its entries, or a package; keys come before packages. */
export type EarlierPart =
  | { readonly kind: "key"; readonly key: string; readonly entries: readonly MappingEntry[] }
  | { readonly kind: "package"; readonly id: string; readonly package: MappedPackage };

/** How much an edition of the mappings holds. */
export interface PublishedCounts {
  readonly packages: number;
  readonly signatures: number;
}

/** The pieces of mappings that are in memory. */
export function* partsOf({ mappings, packages }: NodeMappings): Generator<EarlierPart> {
  for (const key in mappings) yield { kind: "key", key, entries: mappings[key]! };
  for (const id in packages) yield { kind: "package", id, package: packages[id]! };
}

/** Counts pieces as they pass; `counts` is whole once they have passed. */
export function countParts(
  parts: AsyncIterable<EarlierPart>,
): { readonly parts: AsyncIterable<EarlierPart>; readonly counts: PublishedCounts } {
  const counts = { packages: 0, signatures: 0 };
  async function* counted(): AsyncGenerator<EarlierPart> {
    for await (const part of parts) {
      counts[part.kind === "key" ? "signatures" : "packages"]++;
      yield part;
    }
  }
  return { parts: counted(), counts };
}
