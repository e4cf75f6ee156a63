import { join, relative } from "node:path";
import { editDistance } from "../../../base/mod.ts";
import {
  type IndexedModel,
  locationPath,
  type ModelFolders,
  type ModelIndex,
  openIndexIfAny,
  readKnownModels,
  readModelFolders,
  searchIndex,
} from "../../../models/mod.ts";
import type { Manifest } from "../../../pyproject/mod.ts";
import type { LocalModel, LocalModels, ModelKnowledge } from "../../../workflows/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";

const MOST_LOOKED_AT = 100;

/**
 * Does a piece of work with all that an environment knows of models: the index of those that are here, the manifest's, the
 * shipped list.
 */
export async function withModelKnowledge<Result>(
  world: EnvironmentWorld,
  manifest: Manifest,
  work: (knowledge: ModelKnowledge) => Promise<Result>,
): Promise<Result> {
  const folders = await readModelFolders();
  const known = Map.groupBy(await readKnownModels(), ({ name }) => name.toLowerCase());
  using index = await openIndexIfAny(world.workspace);
  const models = await Deno.realPath(world.models).catch(() => world.models);
  return await work({
    local: localModels(index, folders, models),
    manifest: Object.values(manifest.models),
    known: (name) => known.get(name.toLowerCase()) ?? [],
    folder: (name) => folders.canonical(name),
    separator: Deno.build.os === "windows" ? "\\" : "/",
  });
}

function localModels(
  index: ModelIndex | undefined,
  folders: ModelFolders,
  models: string,
): LocalModels {
  const toLocal = (found: readonly IndexedModel[]): readonly LocalModel[] =>
    found.flatMap((model) => placesOf(model, folders, models));
  return {
    byHash: (algorithm, hash) =>
      toLocal(index?.byHash(hash) ?? [])
        .filter((file) => (algorithm === "sha256" ? file.sha256 : file.blake3) === hash),
    named: (name) =>
      toLocal(index?.byName(name) ?? [])
        .filter(({ path }) => path.split("/").at(-1)?.toLowerCase() === name.toLowerCase()),
    close: (name, limit) => {
      // One word is enough for a file to be looked at; how near its name comes is judged afterwards.
      const [word = ""] = stemOf(name).split(/[^a-z0-9]+/).sort((a, b) => b.length - a.length);
      const found = index && word !== ""
        ? toLocal(searchIndex(index, word, MOST_LOOKED_AT).models)
        : [];
      const distance = ({ path }: LocalModel) => editDistance(stemOf(name), stemOf(path));
      return found.toSorted((a, b) => distance(a) - distance(b)).slice(0, limit);
    },
  };
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase().replace(/\.[a-z0-9]+$/, "");
}

/** Where a model lies; outside of the environment's models it has no folder that ComfyUI looks into. */
function placesOf(
  { blake3, sha256, size, locations }: IndexedModel,
  folders: ModelFolders,
  models: string,
): readonly LocalModel[] {
  return locations.flatMap((location): readonly LocalModel[] => {
    const path = locationPath(location);
    if (!isThere(path)) return [];
    // The index may name it from a directory above that of the models.
    const inner = relative(models, path).replaceAll("\\", "/");
    const folder = folders.folderOf(inner);
    const below = (folder === undefined ? undefined : folders.find(folder))?.directories
      .find((directory) => inner.startsWith(`${directory}/`));
    return [{
      folder: below === undefined ? undefined : folder,
      path: below === undefined ? location.relativePath : inner.slice(below.length + 1),
      blake3,
      sha256,
      size,
      location: path,
    }];
  });
}

// What was deleted since the last scan is not here.
function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** The absolute path of a file in one of ComfyUI's folders of models. */
export async function pathInFolder(models: string, folder: string, name: string): Promise<string> {
  const [directory = folder] = (await readModelFolders()).find(folder)?.directories ?? [];
  return join(models, ...directory.split("/"), ...name.split("/"));
}
