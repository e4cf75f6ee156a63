import { sha256OfText } from "../base/mod.ts";
import type { ManifestEdit } from "./edit_manifest.ts";
import type { GroupItem } from "./manifest.ts";
import { normalizePackageName, parseRequirement } from "./requirement.ts";
import { putRequirement, withoutRequirement } from "./requirement_list.ts";
import { getAt, listAt, withAt, withoutAt } from "./tables.ts";

const GROUPS = "dependency-groups";

/** The group that holds what torch needs beside itself; see `torch.ts`. */
export const TORCH_GROUP = "torch-backend";

const RESERVED = new Set(["dev", TORCH_GROUP]);

/**
 * Gives the name of the dependency group of a node.
 *
 * It is the id in the form of package names (PEP 503); an id that does not survive this unchanged gets a part of its
 * SHA-256 behind, so that two nodes never share a group.
 *
 * @param id The id of the node, such as `comfyui-manager`.
 */
export function nodeGroupName(id: string): string {
  const name = normalizePackageName(id.replace(/[^A-Za-z0-9._-]+/g, "-")).replace(/^-+|-+$/g, "");
  const looksSuffixed = /-[0-9a-f]{8}$/.test(name);
  if (name === id && name !== "" && !RESERVED.has(name) && !looksSuffixed) return name;
  const digest = sha256OfText(id).slice(0, 8);
  return name === "" ? `node-${digest}` : `${name}-${digest}`;
}

/**
 * Sets what a dependency group holds.
 *
 * A group that is in the file in another spelling (PEP 503 treats them as one) keeps its spelling.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function setGroup(name: string, items: readonly GroupItem[]): ManifestEdit {
  const values = items.map((item) => {
    if (typeof item !== "string") return { "include-group": item.includeGroup };
    parseRequirement(item);
    return item;
  });
  return (tables) => withAt(tables, [GROUPS, spellingOf(tables, name)], values);
}

/**
 * Adds a requirement to a dependency group, in the place of one for the same package and marker.
 *
 * @throws `REQUIREMENT_INVALID`
 */
export function addToGroup(name: string, requirement: string): ManifestEdit {
  parseRequirement(requirement);
  return (tables) => {
    const path = [GROUPS, spellingOf(tables, name)];
    return withAt(tables, path, putRequirement(listAt(tables, path), requirement));
  };
}

/** Removes every requirement for a package from a dependency group; a group that this empties goes too. */
export function removeFromGroup(name: string, packageName: string): ManifestEdit {
  return (tables) => {
    const path = [GROUPS, spellingOf(tables, name)];
    const old = listAt(tables, path);
    const kept = withoutRequirement(old, packageName);
    if (kept.length === old.length) return tables;
    return kept.length === 0 ? removeGroup(name)(tables) : withAt(tables, path, kept);
  };
}

/** Removes a dependency group, and what includes it in other groups. */
export function removeGroup(name: string): ManifestEdit {
  return (tables) => {
    const spelling = spellingOf(tables, name);
    const rest = withoutAt(tables, [GROUPS, spelling]);
    const groups = getAt(rest, [GROUPS]);
    return Object.keys(groups ?? {}).reduce(
      (result, other) => withoutInclude(result, other, spelling),
      rest,
    );
  };
}

function withoutInclude(
  tables: Parameters<ManifestEdit>[0],
  group: string,
  included: string,
): Parameters<ManifestEdit>[0] {
  const items = getAt(tables, [GROUPS, group]);
  if (!Array.isArray(items)) return tables;
  const kept = items.filter((item) => {
    const target = typeof item === "object" && getAt(item, ["include-group"]);
    return typeof target !== "string" ||
      normalizePackageName(target) !== normalizePackageName(included);
  });
  return kept.length === items.length ? tables : withAt(tables, [GROUPS, group], kept);
}

function spellingOf(tables: Parameters<ManifestEdit>[0], name: string): string {
  const wanted = normalizePackageName(name);
  const groups = Object.keys(getAt(tables, [GROUPS]) ?? {});
  return groups.find((group) => normalizePackageName(group) === wanted) ?? name;
}
