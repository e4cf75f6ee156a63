/** Class names that the same versions of a package have; an empty list stands for versions that are not known. */
export type ClassGroups = readonly {
  readonly versions: readonly string[];
  readonly names: readonly string[];
}[];

/**
 * The class names of a package, sorted.
 *
 * @param version Only what this version has; one that no group knows counts as if none was named.
 */
export function classNames(groups: ClassGroups, version?: string): readonly string[] {
  const known = version !== undefined && groups.some(({ versions }) => versions.includes(version));
  const chosen = known
    ? groups.filter(({ versions }) => versions.length === 0 || versions.includes(version))
    : groups;
  return [...new Set(chosen.flatMap(({ names }) => names))].sort();
}
