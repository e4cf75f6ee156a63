import { basename, dirname, extname, join, resolve } from "node:path";
import { exists, fileError } from "../../base/mod.ts";
import { toProblem } from "../faults.ts";
import { type ModelFolders, readExtraModelPaths } from "../folders/mod.ts";
import type { ModelProblem } from "../types.ts";
import type { ScanRoot } from "./types.ts";
import { isInside } from "./walk.ts";

/** Where models may be. */
export interface RootRequest {
  /** Directories, another ComfyUI, or files `extra_model_paths.yaml`; what is missing is a problem. */
  readonly named: readonly string[];
  /** The same, without complaint about what is missing: the standard locations. */
  readonly usual: readonly string[];
  /** Environment variables, for paths in `extra_model_paths.yaml`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Directories to scan, none in another, and what is wrong with those that were named. */
export interface RootPlan {
  readonly roots: readonly ScanRoot[];
  readonly problems: readonly ModelProblem[];
}

interface Place {
  readonly directory: string;
  readonly folder?: string;
}

const EXTRA_PATHS = "extra_model_paths.yaml";

/**
 * Finds out which directories are to be scanned: each once, whatever links lead to it.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function planRoots(request: RootRequest, folders: ModelFolders): Promise<RootPlan> {
  const problems: ModelProblem[] = [];
  const places: Place[] = [];
  const gather = async (path: string, mustExist: boolean) => {
    try {
      if (!mustExist && !await exists(path)) return;
      places.push(...await placesAt(resolve(path), request, folders));
    } catch (error) {
      problems.push(toProblem(path, fileError("Cannot scan", path, error)));
    }
  };
  for (const path of request.named) await gather(path, true);
  for (const path of request.usual) await gather(path, false);
  return { roots: joinRoots(places), problems };
}

async function placesAt(
  path: string,
  request: RootRequest,
  folders: ModelFolders,
): Promise<readonly Place[]> {
  const real = await Deno.realPath(path);
  if (!(await Deno.stat(real)).isDirectory) {
    if (/^\.ya?ml$/i.test(extname(path))) return await extraPlaces(path, request, folders);
    throw new Error("it is neither a directory nor an extra_model_paths.yaml");
  }
  const extra = join(real, EXTRA_PATHS);
  const isComfyUI = await exists(join(real, "main.py")) && await exists(join(real, "models"));
  if (!isComfyUI) return [{ directory: real, folder: folderItself(real, folders) }];
  return [
    { directory: await Deno.realPath(join(real, "models")) },
    ...(await exists(extra) ? await extraPlaces(extra, request, folders) : []),
  ];
}

/** The folder that `…/models/loras` is. */
function folderItself(path: string, folders: ModelFolders): string | undefined {
  return basename(dirname(path)) === "models" ? folders.folderOf(`${basename(path)}/`) : undefined;
}

async function extraPlaces(
  path: string,
  { env }: RootRequest,
  folders: ModelFolders,
): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const { directory, folder } of await readExtraModelPaths(path, folders, { env })) {
    // Such files name many directories that nobody has made.
    if (folder === "custom_nodes" || !await exists(directory)) continue;
    places.push({ directory: await Deno.realPath(directory), folder });
  }
  return places;
}

/** Makes roots of places: one that lies in another is searched with that one. */
function joinRoots(places: readonly Place[]): readonly ScanRoot[] {
  const byLength = [...places].sort((one, other) => one.directory.length - other.directory.length);
  const outer: Place[] = [];
  for (const place of byLength) {
    if (!outer.some(({ directory }) => isInside(place.directory, directory))) outer.push(place);
  }
  return outer.map(({ directory, folder }) => ({
    directory,
    below: "",
    folder,
    inner: byLength.flatMap((place) =>
      place.folder !== undefined && place.directory !== directory &&
        isInside(place.directory, directory)
        ? [{ directory: place.directory, folder: place.folder }]
        : []
    ).reverse(),
  }));
}
