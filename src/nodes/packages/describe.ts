import type { NodeIndex } from "../types.ts";
import type { PackageFacts, PackageReader } from "./types.ts";

/** Another pack that provides classes of the same names. */
export interface ClassRival {
  readonly id: string;
  /** The class names that both have, sorted. */
  readonly classes: readonly string[];
}

/** The classes of a pack, and who else has them. */
export interface PackageClasses {
  /** Sorted; empty when nobody knows them. */
  readonly names: readonly string[];
  /** Most common classes first. */
  readonly rivals: readonly ClassRival[];
}

/**
 * Tells the classes of a pack and who else claims them.
 *
 * A pack that the index knows by another id, because only ComfyUI-Manager had it when the index was made, is found by
 * its repository.
 *
 * @param version Whose classes; by default those of any.
 */
export async function describeClasses(
  facts: PackageFacts,
  version: string | undefined,
  index: NodeIndex,
  reader: PackageReader,
): Promise<PackageClasses> {
  const { id, repository } = facts;
  const twin = repository === undefined ? undefined : index.packageOfRepository(repository)?.id;
  const ofTwin = twin === undefined ? [] : index.classesOf(twin, version);
  const known = index.classesOf(id, version);
  const names = known.length > 0
    ? known
    : ofTwin.length > 0
    ? ofTwin
    : await reader.classesOf(id, version);
  const rivals = new Map<string, string[]>();
  for (const name of names) {
    for (const { package_id: other, evidence } of index.lookup(name)) {
      if (other === id || other === twin || evidence === "pattern") continue;
      const shared = rivals.get(other);
      if (shared) shared.push(name);
      else rivals.set(other, [name]);
    }
  }
  return {
    names,
    rivals: [...rivals].map(([other, classes]) => ({ id: other, classes }))
      .sort((a, b) => b.classes.length - a.classes.length || (a.id < b.id ? -1 : 1)),
  };
}
