import type { MappedPackage, MappingEntry, NodeMappings } from "../../src/mappings/mod.ts";
import type { CachedPackage, CachedVersion } from "../../src/registry/mod.ts";

/** The time of everything that these builders date. */
export const BUILT_AT = "2026-08-21T02:00:00Z";

/** Builds a `node_mappings.json` in memory, its statistics counted from what was added. */
export class MappingsBuilder {
  readonly #packages: Record<string, MappedPackage> = {};
  readonly #mappings: Record<string, MappingEntry[]> = {};

  /** Adds a package; by default one live version 1.0.0. */
  withPackage(id: string, fields: Partial<MappedPackage> = {}): this {
    this.#packages[id] = {
      display_name: id,
      repository: `https://github.com/example/${/^[\w-]*$/.test(id) ? id : "odd"}`,
      downloads: 100,
      github_stars: 10,
      status: "NodeStatusActive",
      created_at: "2025-03-01T00:00:00Z",
      versions: {
        "1.0.0": {
          deprecated: false,
          status: "NodeVersionStatusActive",
          release_date: "2025-03-01T00:00:00Z",
        },
      },
      ...fields,
    };
    return this;
  }

  /** Adds a node class with its providers, the best first. */
  withNode(name: string, providers: readonly string[], signature = "_"): this {
    this.#mappings[`${name}::${signature}`] = providers.map((package_id, index) => ({
      package_id,
      versions: Object.keys(this.#packages[package_id]?.versions ?? {}),
      rank: index + 1,
    }));
    return this;
  }

  /** The file as a value of its own. */
  build(): NodeMappings {
    const entries = Object.values(this.#mappings);
    const packages = Object.values(this.#packages);
    const manager = packages.filter((found) => found.source === "manager").length;
    return structuredClone({
      schema_version: 1,
      version: "2026.08.21",
      generated_at: BUILT_AT,
      stats: {
        packages: packages.length,
        signatures: entries.length,
        total_nodes: entries.reduce((sum, list) => sum + list.length, 0),
        registry_packages: packages.length - manager,
        manager_packages: manager,
      },
      mappings: this.#mappings,
      packages: this.#packages,
    });
  }
}

/** A cached version with its classes read. */
export function cachedVersion(version: string, fields: Partial<CachedVersion> = {}): CachedVersion {
  return {
    version,
    dependencies: [],
    deprecated: false,
    status: "NodeVersionStatusActive",
    created_at: "2025-03-01T00:00:00Z",
    comfy_node_extract_status: "success",
    metadata_cached: true,
    comfy_nodes: [{ comfy_node_name: "Example" }],
    first_seen: "2026-08-01T02:00:00Z",
    last_checked: BUILT_AT,
    ...fields,
  };
}

/** A cached package; by default one version 1.0.0. */
export function cachedPackage(id: string, fields: Partial<CachedPackage> = {}): CachedPackage {
  return {
    id,
    name: id,
    downloads: 100,
    github_stars: 10,
    status: "NodeStatusActive",
    fully_cached: true,
    first_seen: "2026-08-01T02:00:00Z",
    last_checked: BUILT_AT,
    versions_list: [cachedVersion("1.0.0")],
    ...fields,
  };
}

/** The JSON of a cache file, as pieces that are cut inside of texts. */
export function* cacheJson(packages: readonly CachedPackage[]): Generator<string> {
  const text = JSON.stringify({
    schema_version: 1,
    cached_at: BUILT_AT,
    node_count: packages.length,
    versions_processed: packages.reduce((sum, found) => sum + found.versions_list.length, 0),
    metadata_entries: packages.length,
    nodes: packages,
  });
  for (let at = 0; at < text.length; at += 777) yield text.slice(at, at + 777);
}
