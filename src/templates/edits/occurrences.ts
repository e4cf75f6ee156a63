import type { JsonPath } from "../../workflows/json/mod.ts";
import { inventoryFile, inventoryPaths, isRecord } from "../repository/mod.ts";
import type { Edits } from "./open_edits.ts";

/** Where an id stands as an entry of an index file: in a category, or in a plain list. */
export function entryPaths(value: unknown, id: string): readonly JsonPath[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, at): JsonPath[] => {
    if (!isRecord(item)) return [];
    if (item.name === id) return [[at]];
    const templates = Array.isArray(item.templates) ? item.templates : [];
    return templates.flatMap((entry, index): JsonPath[] =>
      isRecord(entry) && entry.name === id ? [[at, "templates", index]] : []
    );
  });
}

/** Where an id stands in `bundles.json`, exactly as it is written. */
export function bundlePaths(value: unknown, id: string): readonly (readonly [string, number])[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([bundle, ids]) =>
    Array.isArray(ids)
      ? ids.flatMap((one, at): (readonly [string, number])[] => one === id ? [[bundle, at]] : [])
      : []
  );
}

/** Where the manifest has the entry of an id. */
export function manifestPaths(value: unknown, id: string): readonly JsonPath[] {
  const templates = isRecord(value) && Array.isArray(value.templates) ? value.templates : [];
  return templates.flatMap((entry, at): JsonPath[] =>
    isRecord(entry) && entry.id === id ? [["templates", at]] : []
  );
}

/** Where the file of translations has an id: its texts, and what is still to be translated. */
export function translationPaths(value: unknown, id: string): readonly JsonPath[] {
  const groups: readonly JsonPath[] = [["templates"], ["_status", "pending_templates"]];
  return groups.filter((path) => {
    const group = path.reduce<unknown>((at, key) => isRecord(at) ? at[key] : undefined, value);
    return isRecord(group) && Object.hasOwn(group, id);
  }).map((path) => [...path, id]);
}

/** A file, and what finds an id in it. */
type Place = readonly [
  file: string | undefined,
  pathsOf: (value: unknown, id: string) => readonly JsonPath[],
];

/** Takes an id out of index files, bundles, inventory, translations and manifest; its files stay. */
export async function removeEverywhere(
  { repository: { config, policy }, indexFiles, manifestFile, session }: Edits,
  id: string,
): Promise<void> {
  const places: readonly Place[] = [
    ...indexFiles.map((file): Place => [file, entryPaths]),
    [config.bundles, bundlePaths],
    [inventoryFile(policy), inventoryPaths],
    [config.translations, translationPaths],
    [manifestFile, manifestPaths],
  ];
  for (const [file, pathsOf] of places) {
    if (file === undefined) continue;
    const paths = pathsOf(await session.json(file), id);
    await session.edit(file, paths.toReversed().map((path) => ({ path, value: undefined })));
  }
}
