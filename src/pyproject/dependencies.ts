import type { ManifestEdit } from "./edit_manifest.ts";
import { normalizePackageName, parseRequirement, requirementName } from "./requirement.ts";
import { listAt, withAt, withList } from "./tables.ts";
import type { TomlTable, TomlValue } from "./toml_value.ts";

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
  const wanted = slotOf(requirement);
  return (tables) =>
    withAt(tables, DEPENDENCIES, put(listAt(tables, DEPENDENCIES), requirement, wanted));
}

/** Removes every requirement for a package from `[project] dependencies`. */
export function removeDependency(name: string): ManifestEdit {
  return (tables) => {
    const old = listAt(tables, DEPENDENCIES);
    const kept = without(old, name);
    return kept.length === old.length ? tables : withAt(tables, DEPENDENCIES, kept);
  };
}

/**
 * Adds a constraint for the resolution, in the place of one for the same package and marker.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function addConstraint(requirement: string): ManifestEdit {
  const wanted = slotOf(requirement);
  return (tables) =>
    withAt(tables, CONSTRAINTS, put(listAt(tables, CONSTRAINTS), requirement, wanted));
}

/** Removes every constraint for a package. */
export function removeConstraint(name: string): ManifestEdit {
  return (tables) => {
    const old = listAt(tables, CONSTRAINTS);
    const kept = without(old, name);
    return kept.length === old.length ? tables : withList(tables, CONSTRAINTS, kept);
  };
}

/** Tells whether a manifest's `[project] dependencies` name a package. */
export function dependsOn(tables: TomlTable, name: string): boolean {
  return without(listAt(tables, DEPENDENCIES), name).length < listAt(tables, DEPENDENCIES).length;
}

// Two requirements for one package stand side by side when their markers differ.
function slotOf(requirement: string): string {
  const { name, marker = "" } = parseRequirement(requirement);
  return `${normalizePackageName(name)};${marker.replace(/\s+/g, "").replaceAll('"', "'")}`;
}

function put(
  old: readonly TomlValue[],
  requirement: string,
  wanted: string,
): readonly TomlValue[] {
  const at = old.findIndex((item) => typeof item === "string" && slotOf(item) === wanted);
  return at < 0 ? [...old, requirement] : old.with(at, requirement);
}

function without(old: readonly TomlValue[], name: string): readonly TomlValue[] {
  const wanted = normalizePackageName(name);
  return old.filter((item) => typeof item !== "string" || requirementName(item) !== wanted);
}
