import type { MappedPackage } from "../mappings/mod.ts";

/** What people want to know of a package first. */
export interface PackageSummary {
  readonly id: string;
  readonly name: string;
  readonly author?: string;
  readonly description?: string;
  readonly repository?: string;
  readonly source: "registry" | "manager";
  readonly downloads: number;
  readonly github_stars: number;
}

/** Sums a package up; what is not known counts as nothing. */
export function summarizePackage(id: string, found: MappedPackage): PackageSummary {
  return {
    id,
    name: found.display_name || id,
    author: found.author,
    description: found.description,
    repository: found.repository,
    source: found.source ?? "registry",
    downloads: found.downloads ?? 0,
    github_stars: found.github_stars ?? 0,
  };
}
