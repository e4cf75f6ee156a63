import { mapConcurrent } from "../../base/mod.ts";
import type { PackageIndex } from "../../tools/mod.ts";
import { canonicalVersion } from "../versions/mod.ts";

/** A version of a distribution. */
export interface DistributionVersion {
  readonly name: string;
  readonly version: string;
}

const AT_ONCE = 4;

/** A version as a requirement that only it satisfies. */
export function exactly({ name, version }: DistributionVersion): string {
  return `${name}==${canonicalVersion(version)}`;
}

/**
 * Finds the versions that an index does not have; asked all at once, and one by one only where some are missing.
 *
 * @returns Those missing, in the order given.
 * @throws `INDEX_UNREACHABLE`, `INDEX_AUTH_NEEDED`
 */
export async function missingOnIndex<Version extends DistributionVersion>(
  index: PackageIndex,
  versions: readonly Version[],
  signal?: AbortSignal,
): Promise<readonly Version[]> {
  if (versions.length === 0) return [];
  const missing = (list: readonly Version[]) =>
    index.whyMissing(list.map(exactly), { dependencies: false });
  if (await missing(versions) === undefined) return [];
  if (versions.length === 1) return versions;
  const one = async (version: Version) => await missing([version]) === undefined ? [] : [version];
  const found = await Array.fromAsync(
    mapConcurrent(versions, one, { limit: AT_ONCE, signal }),
  );
  return found.flat();
}
