import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";
import { readExtraModelPaths, readModelFolders } from "../models/folders/mod.ts";
import type { Install } from "./layout.ts";

/** A directory of an install that holds models of one kind. */
export interface ModelDirectory {
  /** ComfyUI's name of the kind, such as `checkpoints`. */
  readonly folder: string;
  /** Absolute. */
  readonly directory: string;
}

/** Where an install has its models. */
export interface FoundModels {
  /** Absolute path of the directory `models`; absent where there is none. */
  readonly own?: string;
  /** That directory, and those named besides. */
  readonly roots: readonly string[];
  readonly directories: readonly ModelDirectory[];
  /** Why a list of further directories could not be read, or not all that it names is taken over. */
  readonly problems: readonly string[];
}

const LISTS = ["extra_model_paths.yaml", "extra_models_config.yaml"];
const MOST_DIRECTORIES = 5_000;

/**
 * Finds where an install has its models: in `models`, and where its `extra_model_paths.yaml` says.
 *
 * @param env Variables of this process, which such a file may name.
 */
export async function findModels(
  { base, source }: Install,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FoundModels> {
  const own = join(base, "models");
  const root = await Deno.realPath(own).catch(() => undefined);
  const folders = await readModelFolders();
  const directories: ModelDirectory[] = [];
  const problems: string[] = [];
  if (root !== undefined) {
    for (const { name } of await entriesIn(root)) {
      const info = await Deno.stat(join(root, name)).catch(() => undefined);
      // What ComfyUI would load as code is no kind of models.
      if (!info?.isDirectory || name.startsWith(".") || name === "custom_nodes") continue;
      directories.push({ folder: folders.canonical(name), directory: join(root, name) });
    }
  }
  const roots = root === undefined ? [] : [root];
  for (
    const list of new Set(
      [source ?? base, base].flatMap((at) => LISTS.map((name) => join(at, name))),
    )
  ) {
    if (!await lookAt(list)) continue;
    try {
      for (const { folder, directory } of await readExtraModelPaths(list, folders, { env })) {
        const real = await Deno.realPath(directory).catch(() => undefined);
        const info = real === undefined ? undefined : await Deno.stat(real);
        if (real === undefined || !info?.isDirectory) continue;
        if (folder === "custom_nodes") {
          problems.push(`"${real}" holds further node packs, which are not looked at`);
          continue;
        }
        directories.push({ folder, directory: real });
        roots.push(real);
      }
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
      problems.push(error.message);
    }
  }
  return { own: root, roots, directories: directories.slice(0, MOST_DIRECTORIES), problems };
}

/**
 * The list by which another ComfyUI finds these directories, as the text of an `extra_model_paths.yaml`.
 *
 * @param found Absolute directories by folder.
 */
export function renderModelPaths(directories: readonly ModelDirectory[]): string {
  const byFolder = Map.groupBy(directories, ({ folder }) => folder);
  // A text in JSON is one in YAML, too; ComfyUI takes one path a line.
  const lines = [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, places]) => {
    const paths = [...new Set(places.map(({ directory }) => directory))];
    return `  ${JSON.stringify(folder)}: ${JSON.stringify(paths.join("\n"))}`;
  });
  return [
    "# The models of the install that this environment was adopted from",
    "adopted:",
    ...lines,
    "",
  ]
    .join("\n");
}
