import type { ManifestEdit } from "./edit_manifest.ts";
import { parseRequirement } from "./requirement.ts";
import { putRequirement, withoutRequirement } from "./requirement_list.ts";
import { listAt, withAt, withList } from "./tables.ts";
import type { TomlTable } from "./toml_value.ts";

const DEPENDENCIES = ["project", "dependencies"];
const CONSTRAINTS = ["tool", "uv", "constraint-dependencies"];

/**
 * Sets all of `[project] dependencies`.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function setDependencies(requirements: readonly string[]): ManifestEdit {
  requirements.forEach(parseRequirement);
  return (tables) => withAt(tables, DEPENDENCIES, [...requirements]);
}

/**
 * Adds a requirement to `[project] dependencies`, in the place of one for the same package and marker.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function addDependency(requirement: string): ManifestEdit {
  parseRequirement(requirement);
  return (tables) =>
    withAt(tables, DEPENDENCIES, putRequirement(listAt(tables, DEPENDENCIES), requirement));
}

/** Removes every requirement for a package from `[project] dependencies`. */
export function removeDependency(name: string): ManifestEdit {
  return (tables) => {
    const old = listAt(tables, DEPENDENCIES);
    const kept = withoutRequirement(old, name);
    return kept.length === old.length ? tables : withAt(tables, DEPENDENCIES, kept);
  };
}

/**
 * Adds a constraint for the resolution, in the place of one for the same package and marker.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function addConstraint(requirement: string): ManifestEdit {
  parseRequirement(requirement);
  return (tables) =>
    withAt(tables, CONSTRAINTS, putRequirement(listAt(tables, CONSTRAINTS), requirement));
}

/** Removes every constraint for a package. */
export function removeConstraint(name: string): ManifestEdit {
  return (tables) => {
    const old = listAt(tables, CONSTRAINTS);
    const kept = withoutRequirement(old, name);
    return kept.length === old.length ? tables : withList(tables, CONSTRAINTS, kept);
  };
}

/** Tells whether a manifest's `[project] dependencies` name a package. */
export function dependsOn(tables: TomlTable, name: string): boolean {
  const old = listAt(tables, DEPENDENCIES);
  return withoutRequirement(old, name).length < old.length;
}
