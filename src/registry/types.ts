/** A package of the Comfy Registry (the API calls it a node), as kept in the cache. */
export interface RegistryPackage {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  readonly icon?: string;
  readonly banner_url?: string;
  readonly repository?: string;
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly supported_os?: readonly string[];
  readonly supported_accelerators?: readonly string[];
  readonly supported_comfyui_version?: string;
  readonly supported_comfyui_frontend_version?: string;
  readonly publisher?: string;
  readonly rating?: number;
  readonly downloads: number;
  readonly github_stars: number;
  readonly search_ranking?: number;
  readonly preempted_comfy_node_names?: readonly string[];
  readonly status?: string;
  readonly status_detail?: string;
  readonly created_at?: string;
  /** The newest active version, as the package list names it. */
  readonly latest_version?: string;
}

/** One released version of a package. */
export interface RegistryVersion {
  readonly version: string;
  readonly id?: string;
  readonly download_url?: string;
  readonly dependencies: readonly string[];
  readonly changelog?: string;
  readonly deprecated: boolean;
  readonly status?: string;
  readonly status_reason?: string;
  /** When it was released, RFC 3339. */
  readonly created_at?: string;
  readonly tags?: readonly string[];
  readonly supported_os?: readonly string[];
  readonly supported_accelerators?: readonly string[];
  readonly supported_comfyui_version?: string;
  readonly supported_comfyui_frontend_version?: string;
  /** `pending`, `success` or `failed`; absent on old servers. */
  readonly comfy_node_extract_status?: string;
}

/** A node class that a version brings, as the registry describes it. */
export interface RegistryNodeClass {
  readonly comfy_node_name: string;
  readonly category?: string;
  readonly description?: string;
  /** JSON text of ComfyUI's `INPUT_TYPES`; older caches hold the object itself. */
  readonly input_types?: string | Readonly<Record<string, unknown>>;
  readonly return_types?: string | readonly unknown[];
  readonly return_names?: string | readonly unknown[];
  readonly output_is_list?: readonly boolean[];
  readonly deprecated?: boolean;
  readonly experimental?: boolean;
  readonly function?: string;
  readonly policy?: string;
}

/** When a cached record was met; times are RFC 3339 UTC. */
export interface Sighting {
  readonly first_seen?: string;
  readonly last_checked?: string;
  /** Set while the registry no longer lists it; the record itself stays. */
  readonly missing_since?: string;
}

/** A version in the cache with its node classes, when they were read. */
export interface CachedVersion extends RegistryVersion, Sighting {
  /** Absent until read; an empty list means that the registry has none. */
  readonly comfy_nodes?: readonly RegistryNodeClass[];
  /** True when `comfy_nodes` is known. */
  readonly metadata_cached: boolean;
  /** True when `comfy_nodes` was taken from the neighbours and not read itself. */
  readonly inferred?: boolean;
}

/** A package in the cache with all versions that were ever seen, newest first. */
export interface CachedPackage extends RegistryPackage, Sighting {
  /** True when versions and all wanted metadata are known. */
  readonly fully_cached: boolean;
  readonly versions_list: readonly CachedVersion[];
  readonly versions_cached_at?: string;
}
