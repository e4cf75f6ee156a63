/** `node_mappings.json`: which package provides which node (FORMATS §3). */
export interface NodeMappings {
  /** Schema version of this file's shape. */
  readonly schema_version: number;
  /** Date of the data, `YYYY.MM.DD`. */
  readonly version: string;
  /** RFC 3339 UTC. */
  readonly generated_at: string;
  readonly stats: MappingStats;
  /** `NODE_TYPE::SIGNATURE` → the packages that provide it, rank 1 first. */
  readonly mappings: Readonly<Record<string, readonly MappingEntry[]>>;
  readonly packages: Readonly<Record<string, MappedPackage>>;
}

/** Totals of a mappings file. */
export interface MappingStats {
  /** How many packages the file lists. */
  readonly packages: number;
  /** How many keys `mappings` has. */
  readonly signatures: number;
  /** How many pairs of key and package there are: the entries of all keys. */
  readonly total_nodes: number;
  readonly registry_packages?: number;
  readonly manager_packages?: number;
}

/** One package that provides a node. */
export interface MappingEntry {
  readonly package_id: string;
  /** Versions with the node in this shape, newest first; empty for Manager entries. */
  readonly versions: readonly string[];
  /** 1 is best; without gaps. */
  readonly rank: number;
  /** Absent for registry entries. */
  readonly source?: "manager";
}

/** A package as published with the mappings. */
export interface MappedPackage {
  readonly display_name?: string;
  readonly author?: string;
  readonly description?: string;
  readonly repository?: string;
  readonly downloads?: number;
  readonly github_stars?: number;
  readonly rating?: number;
  readonly license?: string;
  readonly category?: string;
  readonly icon?: string;
  readonly tags?: readonly string[];
  readonly status?: string;
  readonly created_at?: string;
  /** `manager` for a package that only ComfyUI-Manager knows. */
  readonly source?: "manager";
  /** Set while its source, the registry or ComfyUI-Manager, no longer lists it. */
  readonly missing_since?: string;
  /** When the repository last changed (Manager's data), RFC 3339 UTC. */
  readonly last_update?: string;
  /** Class names that this package takes over from others (Manager's data or the registry's). */
  readonly preemptions?: readonly string[];
  /** Regular expression of class names that this package makes at run time (Manager's data). */
  readonly nodename_pattern?: string;
  /** Where files are fetched from when that is not the repository itself (Manager's data). */
  readonly files?: readonly string[];
  readonly install_type?: string;
  readonly versions: Readonly<Record<string, MappedVersion>>;
}

/** A version as published with the mappings. */
export interface MappedVersion {
  readonly download_url?: string;
  readonly dependencies?: readonly string[];
  readonly deprecated?: boolean;
  readonly status?: string;
  readonly release_date?: string;
  readonly changelog?: string;
  readonly supported_os?: readonly string[];
  readonly supported_accelerators?: readonly string[];
  readonly supported_comfyui_version?: string;
  readonly supported_comfyui_frontend_version?: string;
  readonly missing_since?: string;
  /** True when the node classes were taken from neighbouring versions. */
  readonly inferred?: boolean;
}
