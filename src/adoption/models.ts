import { basename, join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";
import { type ModelFolders, readExtraModelPaths, readModelFolders } from "../models/folders/mod.ts";
import type { Install } from "./layout.ts";

/** A directory of an install that holds models of one kind. */
export interface ModelDirectory {
  /** ComfyUI's name of the kind, such as `checkpoints`. */
  readonly folder: string;
  /** Absolute. */
  readonly directory: string;
}

/** What of a list of further directories is not taken over. */
export interface ModelProblem {
  /** The name of the list. */
  readonly list: string;
  /** `unknown` where something may be there that nobody has looked at. */
  readonly certainty: "unknown" | "dropped";
  /** One sentence without a full stop. */
  readonly message: string;
}

/** Where an install has its models. */
export interface FoundModels {
  /** Absolute path of the directory `models`; absent where there is none. */
  readonly own?: string;
  /** That directory, and those named besides. */
  readonly roots: readonly string[];
  readonly directories: readonly ModelDirectory[];
  readonly problems: readonly ModelProblem[];
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
  const root = await Deno.realPath(join(base, "models")).catch(() => undefined);
  const folders = await readModelFolders();
  const directories = root === undefined ? [] : await foldersIn(root, folders);
  const roots = root === undefined ? [] : [root];
  const problems: ModelProblem[] = [];
  const places = [...new Set([source ?? base, base])];
  for (const path of places.flatMap((place) => LISTS.map((name) => join(place, name)))) {
    if (!await lookAt(path)) continue;
    const list = basename(path);
    const tell = (certainty: ModelProblem["certainty"], message: string) =>
      problems.push({ list, certainty, message });
    for (const { folder, directory } of await namedIn(path, folders, { env, tell })) {
      const real = await realDirectory(directory);
      if (real === undefined) {
        tell("dropped", `"${directory}", which it names for ${folder}, is not there`);
      } else if (folder === "custom_nodes") {
        tell("unknown", `"${real}" holds further node packs, which are not looked at`);
      } else {
        directories.push({ folder, directory: real });
        roots.push(real);
      }
    }
  }
  return { own: root, roots, directories: directories.slice(0, MOST_DIRECTORIES), problems };
}

async function foldersIn(root: string, folders: ModelFolders): Promise<ModelDirectory[]> {
  const found: ModelDirectory[] = [];
  for (const { name } of await entriesIn(root)) {
    // What ComfyUI would load as code is no kind of models.
    if (name.startsWith(".") || name === "custom_nodes") continue;
    const directory = join(root, name);
    if (await realDirectory(directory) === undefined) continue;
    found.push({ folder: folders.canonical(name), directory });
  }
  return found;
}

async function namedIn(
  list: string,
  folders: ModelFolders,
  { env, tell }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly tell: (certainty: ModelProblem["certainty"], message: string) => void;
  },
): Promise<readonly ModelDirectory[]> {
  try {
    return await readExtraModelPaths(list, folders, { env });
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    tell("unknown", error.message);
    return [];
  }
}

async function realDirectory(path: string): Promise<string | undefined> {
  try {
    const real = await Deno.realPath(path);
    return (await Deno.stat(real)).isDirectory ? real : undefined;
  } catch {
    // What cannot be reached is not there for ComfyUI, either.
    return undefined;
  }
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
