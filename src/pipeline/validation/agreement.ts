import type { CachedPackage } from "../../registry/mod.ts";
import type { MappedPackage } from "../../mappings/mod.ts";
import type { ComparedMappings } from "./content.ts";
import { type FindingSink, keyPath } from "./findings.ts";

/** A check that a mappings file agrees with the cache, fed with one cached package at a time. */
export interface AgreementCheck {
  /** Compares one cached package with its mapped self, when there is one. */
  meet(cached: CachedPackage): void;
  /** Reports the mapped registry packages that never came. */
  finish(): void;
}

/**
 * Starts the check that every registry package and version of the mappings stands in the cache with the same status.
 *
 * Packages that only Manager knows are not in the registry and are left out.
 */
export function agreementCheck(mappings: ComparedMappings, sink: FindingSink): AgreementCheck {
  const awaited = new Set(mappings.ids);
  return {
    meet(cached) {
      if (!awaited.delete(cached.id)) return;
      const path = keyPath("$.packages", cached.id);
      const mapped = mappings.packageOf(cached.id)!;
      compare("status", mapped.status, cached.status, path, sink);
      compare("missing_since", mapped.missing_since, cached.missing_since, path, sink);
      compareVersions(mapped, cached, `${path}.versions`, sink);
    },
    finish() {
      for (const id of awaited) {
        const message = `The cache has no package ${JSON.stringify(id)}`;
        sink("error", "CACHE_PACKAGE_MISSING", keyPath("$.packages", id), message);
      }
      awaited.clear();
    },
  };
}

function compareVersions(
  mapped: MappedPackage,
  cached: CachedPackage,
  path: string,
  sink: FindingSink,
): void {
  const known = new Map(cached.versions_list.map((version) => [version.version, version]));
  for (const version in mapped.versions) {
    const at = keyPath(path, version);
    const found = known.get(version);
    if (!found) {
      const message = `The cache has no version ${version} of ${JSON.stringify(cached.id)}`;
      sink("error", "CACHE_VERSION_MISSING", at, message);
      continue;
    }
    const published = mapped.versions[version]!;
    compare("status", published.status, found.status, at, sink);
    compare("deprecated", published.deprecated, found.deprecated, at, sink);
    compare("missing_since", published.missing_since, found.missing_since, at, sink);
  }
}

// A field that the schema filter switched off, or that the cache does not know, cannot disagree.
function compare<Value>(
  field: string,
  published: Value | undefined,
  cached: Value | undefined,
  path: string,
  sink: FindingSink,
): void {
  if (published === undefined || cached === undefined || published === cached) return;
  const message = `The mappings say ${JSON.stringify(published)}, the cache ${
    JSON.stringify(cached)
  }`;
  sink("error", "STATUS_DISAGREES", `${path}.${field}`, message);
}
