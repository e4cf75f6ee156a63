import { rankEntries } from "../rank.ts";
import { type OutputSchema, publishedPackage } from "../schema_filter.ts";
import { dataVersion, SCHEMA_VERSION } from "../stats.ts";
import type { MappedPackage, MappingEntry, NodeMappings } from "../types.ts";
import type { DiskDraft } from "./disk.ts";

/** Finished mappings that are read piece by piece instead of being held in memory. */
export interface MappingsView {
  /** All but the two long parts. */
  readonly head: Omit<NodeMappings, "mappings" | "packages">;
  /** Every key with its ranked entries, in code point order. */
  keys(): Iterable<readonly [key: string, entries: readonly MappingEntry[]]>;
  /** Every package, by id in code point order. */
  packages(): Iterable<readonly [id: string, pack: MappedPackage]>;
  /** A package; nothing when it is not there. */
  packageOf(id: string): MappedPackage | undefined;
  /** The versions of a package by name; nothing when it is not there. */
  versionsOf(id: string): readonly string[] | undefined;
}

/**
 * The mappings of a draft, ranked, with the fields that a schema publishes; the draft must not change any more.
 *
 * @param now When they are made, RFC 3339 UTC.
 */
export function viewDraft(
  draft: DiskDraft,
  { now, schema }: { readonly now: string; readonly schema?: OutputSchema },
): MappingsView {
  const published = (pack: MappedPackage) => schema ? publishedPackage(pack, schema) : pack;
  const order = draft.order();
  return {
    head: {
      schema_version: SCHEMA_VERSION,
      version: dataVersion(now),
      generated_at: now,
      stats: draft.stats(),
    },
    *keys() {
      for (const [key, entries] of draft.keys()) yield [key, rankEntries(entries, order)];
    },
    *packages() {
      for (const [id, pack] of draft.packages()) yield [id, published(pack)];
    },
    packageOf(id) {
      const pack = draft.packageOf(id);
      return pack && published(pack);
    },
    versionsOf: (id) => draft.versionsOf(id),
  };
}
