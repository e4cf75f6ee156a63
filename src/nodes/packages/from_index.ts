import { compareVersions } from "../../base/mod.ts";
import {
  canonicalUrl,
  CORE_PACKAGE,
  CORE_REPOSITORIES,
  isLive,
  type MappedPackage,
  type MappedVersion,
} from "../../mappings/lookups/mod.ts";
import type { RegistryVersion } from "../../registry/asking/mod.ts";
import { licenseName } from "./license.ts";
import type { PackageFacts, PackageVersion } from "./types.ts";

/** The facts that the node index has of a package. */
export function factsFromIndex(id: string, found: MappedPackage): PackageFacts {
  return {
    id,
    name: found.display_name ?? id,
    source: sourceOf(id, found),
    author: found.author,
    description: found.description,
    license: licenseName(found.license),
    repository: found.repository,
    tags: found.tags ?? [],
    downloads: found.downloads,
    stars: found.github_stars,
    status: found.status,
    listed: found.missing_since === undefined,
    versions: sortNewestFirst(
      Object.entries(found.versions).map(([version, facts]) => toVersion(version, facts)),
    ),
    from: "index",
  };
}

/** Where a package belongs to. */
export function sourceOf(id: string, found: MappedPackage | undefined): PackageFacts["source"] {
  if (id === CORE_PACKAGE || isCore(found)) return "core";
  return found?.source === "manager" ? "manager" : "registry";
}

function isCore(found: MappedPackage | undefined): boolean {
  return found?.source === "manager" &&
    CORE_REPOSITORIES.includes(canonicalUrl(found.repository ?? ""));
}

/** A version as the registry gives it. */
export function fromRegistry(found: RegistryVersion): PackageVersion {
  return toVersion(found.version, { ...found, release_date: found.created_at });
}

/** Sorts versions, the newest first. */
export function sortNewestFirst(versions: readonly PackageVersion[]): readonly PackageVersion[] {
  return versions.toSorted((a, b) => compareVersions(a.version, b.version));
}

function toVersion(version: string, found: MappedVersion): PackageVersion {
  return {
    version,
    live: isLive(found),
    deprecated: found.deprecated ?? false,
    status: found.status,
    released: found.release_date,
    downloadUrl: found.download_url,
    dependencies: found.dependencies ?? [],
    changelog: found.changelog,
    supportedOs: found.supported_os ?? [],
    supportedAccelerators: found.supported_accelerators ?? [],
    supportedComfyui: found.supported_comfyui_version || undefined,
  };
}
