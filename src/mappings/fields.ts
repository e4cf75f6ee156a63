import type { MappedPackage, MappedVersion, MappingEntry } from "./types.ts";

/** The fields of a package in the order in which they are published. */
export const packageFields = [
  "display_name",
  "author",
  "description",
  "repository",
  "downloads",
  "github_stars",
  "rating",
  "license",
  "category",
  "icon",
  "tags",
  "status",
  "created_at",
  "source",
  "missing_since",
  "last_update",
  "preemptions",
  "nodename_pattern",
  "files",
  "install_type",
  "versions",
] as const satisfies readonly (keyof MappedPackage)[];

/** The fields of a version in the order in which they are published. */
export const versionFields = [
  "download_url",
  "dependencies",
  "deprecated",
  "status",
  "release_date",
  "changelog",
  "supported_os",
  "supported_accelerators",
  "supported_comfyui_version",
  "supported_comfyui_frontend_version",
  "missing_since",
  "inferred",
] as const satisfies readonly (keyof MappedVersion)[];

/** The fields of an entry of `mappings` in the order in which they are published. */
export const entryFields = [
  "package_id",
  "versions",
  "rank",
  "source",
] as const satisfies readonly (keyof MappingEntry)[];

/** Tells whether a field says nothing: absent, an empty text, an empty list or `false`. */
export function isEmptyField(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false ||
    (Array.isArray(value) && value.length === 0);
}
