import type { RegistryCache } from "./store.ts";

/** How many packages of a cache were met since a time, RFC 3339. */
export function packagesMet(cache: RegistryCache, since: string): number {
  return count(cache, "FROM packages WHERE last_checked >= ?", since);
}

/** Tells whether a package was met since a time. */
export function isPackageMet(cache: RegistryCache, id: string, since: string): boolean {
  return count(cache, "FROM packages WHERE id = ? AND last_checked >= ?", id, since) > 0;
}

/** How many versions of a cache were met since a time, RFC 3339. */
export function versionsMet(cache: RegistryCache, since: string): number {
  return count(cache, "FROM versions WHERE last_checked >= ?", since);
}

/** Tells whether a version was met since a time. */
export function isVersionMet(
  cache: RegistryCache,
  { packageId, version }: { readonly packageId: string; readonly version: string },
  since: string,
): boolean {
  const where = "FROM versions WHERE package_id = ? AND version = ? AND last_checked >= ?";
  return count(cache, where, packageId, version, since) > 0;
}

function count(cache: RegistryCache, from: string, ...values: string[]): number {
  return cache.all<{ count: number }>(`SELECT count(*) AS count ${from}`, ...values)[0]!.count;
}
