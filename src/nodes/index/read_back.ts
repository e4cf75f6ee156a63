import type { DatabaseSync } from "node:sqlite";
import {
  countStats,
  dataVersion,
  type MappedPackage,
  type MappingEntry,
  nodeKey,
  type NodeMappings,
  SCHEMA_VERSION,
  type SignedEntries,
} from "../../mappings/mod.ts";

/** Reads all mappings back that the tables were filled from, in the order of their keys. */
export function readMappingsBack(database: DatabaseSync, generatedAt: string): NodeMappings {
  // `iterate()` of Deno ends without an error where the database is damaged, as if all had been read.
  const packages: Record<string, MappedPackage> = {};
  const records = "SELECT id, record FROM records JOIN packages USING (place) ORDER BY id";
  for (const row of database.prepare(records).all()) {
    packages[String(row["id"])] = JSON.parse(String(row["record"]));
  }
  const mappings: Record<string, readonly MappingEntry[]> = {};
  const classes = "SELECT type, entries FROM classes ORDER BY type";
  for (const row of database.prepare(classes).all()) {
    const signed: readonly SignedEntries[] = JSON.parse(String(row["entries"]));
    for (const { signature, entries } of signed) {
      mappings[nodeKey(String(row["type"]), signature)] = entries;
    }
  }
  return {
    schema_version: SCHEMA_VERSION,
    version: dataVersion(generatedAt),
    generated_at: generatedAt,
    stats: countStats(mappings, packages),
    mappings,
    packages,
  };
}
