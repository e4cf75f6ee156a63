import type { MappedPackage, MappingStats, NodeMappings } from "./types.ts";

/** The shape of `node_mappings.json` that this program writes. */
export const SCHEMA_VERSION = 1;

/** The totals of mappings, counted from what is there. */
export function countStats(
  mappings: NodeMappings["mappings"],
  packages: Readonly<Record<string, MappedPackage>>,
): MappingStats {
  const keys = Object.values(mappings);
  const sources = Object.values(packages).map(({ source }) => source);
  const fromManager = sources.filter((source) => source === "manager").length;
  return {
    packages: sources.length,
    signatures: keys.length,
    total_nodes: keys.reduce((sum, entries) => sum + entries.length, 0),
    registry_packages: sources.length - fromManager,
    manager_packages: fromManager,
  };
}

/** The date of the data, `YYYY.MM.DD`, from an RFC 3339 UTC time. */
export function dataVersion(now: string): string {
  return now.slice(0, 10).replaceAll("-", ".");
}

/** Mappings with nothing in them, to add ComfyUI-Manager's data to. */
export function emptyMappings(now: string): NodeMappings {
  return {
    schema_version: SCHEMA_VERSION,
    version: dataVersion(now),
    generated_at: now,
    stats: countStats({}, {}),
    mappings: {},
    packages: {},
  };
}
