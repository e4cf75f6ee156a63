import type { JsonPath } from "../../workflows/json/mod.ts";
import type { VersionPolicy } from "../types.ts";
import type { RepositoryFiles } from "./files.ts";
import { isInnerPath } from "./inner_path.ts";
import { readJsonDocument } from "./json_document.ts";
import { isRecord } from "./shapes.ts";
import { ownerOfFile } from "./template_files.ts";

const MAX_DEPTH = 16;

/** The file with the inventory of frozen bundles; nothing where the policy names none inside of the repository. */
export function inventoryFile({ inventory }: VersionPolicy): string | undefined {
  return inventory !== undefined && isInnerPath(inventory) ? inventory : undefined;
}

/** Reads the inventory of frozen bundles; nothing where there is none that can be read. */
export async function readInventory(
  files: RepositoryFiles,
  policy: VersionPolicy,
): Promise<unknown> {
  const path = inventoryFile(policy);
  return path === undefined ? undefined : (await readJsonDocument(files, path)).value?.value;
}

/** What tells a file from an id, which may have dots and end with a number, too. */
const FILE = /\.(?:json|webp|png|jpe?g|gif|mp4|webm|mp3|wav|ogg|flac|m4a)$/i;

/**
 * Where an inventory names a template, or one of its files: as an item of a list, as a key, or as an item that says so.
 *
 * Inventories have no fixed shape, so that it is looked for wherever it may stand.
 *
 * @returns Paths in the order of the file; none leads into another.
 */
export function inventoryPaths(value: unknown, id: string, depth = 0): readonly JsonPath[] {
  const isOurs = (name: unknown) => typeof name === "string" && (name === id || isFileOf(name, id));
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return [];
  const members: readonly (readonly [key: string | number, one: unknown])[] = Array.isArray(value)
    ? value.map((one, at) => [at, one] as const)
    : Object.entries(value);
  return members.flatMap(([key, one]): JsonPath[] => {
    const said = isRecord(one) ? [one.id, one.name, one.filename] : [];
    const named = Array.isArray(value) ? isOurs(one) || said.some(isOurs) : isOurs(key);
    if (named) return [[key]];
    return inventoryPaths(one, id, depth + 1).map((path) => [key, ...path]);
  });
}

function isFileOf(path: string, id: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return FILE.test(name) && ownerOfFile(name, new Set([id])) !== undefined;
}
