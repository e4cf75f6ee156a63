import { normalizePackageName, parseRequirement, requirementName } from "./requirement.ts";
import type { TomlValue } from "./toml_value.ts";

/**
 * Gives what tells requirements of one list apart: the package and its marker, since two requirements for one package
 * stand side by side when their markers differ.
 *
 * @param requirement Such as `torch>=2.1; sys_platform == "linux"`.
 * @throws `REQUIREMENT_INVALID`
 */
export function requirementSlot(requirement: string): string {
  const { name, marker = "" } = parseRequirement(requirement);
  return `${normalizePackageName(name)};${marker.replace(/\s+/g, "").replaceAll('"', "'")}`;
}

/** Puts a requirement into a list, in the place of one for the same package and marker. */
export function putRequirement(
  old: readonly TomlValue[],
  requirement: string,
): readonly TomlValue[] {
  const wanted = requirementSlot(requirement);
  const at = old.findIndex((item) => typeof item === "string" && requirementSlot(item) === wanted);
  return at < 0 ? [...old, requirement] : old.with(at, requirement);
}

/** Takes every requirement for a package out of a list. */
export function withoutRequirement(old: readonly TomlValue[], name: string): readonly TomlValue[] {
  const wanted = normalizePackageName(name);
  return old.filter((item) => typeof item !== "string" || requirementName(item) !== wanted);
}
