import {
  optional,
  parseToml,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../../base/mod.ts";

/** One of ComfyUI's kinds of models. */
export interface ModelFolder {
  /** ComfyUI's own name, such as `text_encoders`. */
  readonly name: string;
  /** Below `models`, in the order in which ComfyUI searches; with forward slashes. */
  readonly directories: readonly string[];
  /** Older names for the same, such as `clip`. */
  readonly aliases: readonly string[];
  /** With their dots, in lower case; absent where the common ones count. */
  readonly extensions?: readonly string[];
}

/** All kinds of models, and the questions that are asked about them. */
export interface ModelFolders {
  readonly folders: readonly ModelFolder[];
  /** What model files end with, with their dots, in lower case. */
  readonly extensions: readonly string[];
  /** The folder of a name or of an older one. */
  find(name: string): ModelFolder | undefined;
  /** ComfyUI's name for a name or an older one; an unknown one stays as it is. */
  canonical(name: string): string;
  /** The folder that a path below `models` lies in; `undefined` outside of all. */
  folderOf(relativePath: string): string | undefined;
  /** Whether a file name is that of a model, in a folder or anywhere. */
  isModelFile(name: string, folder?: string): boolean;
}

const FILE = "config/model_folders.toml";
let folders: Promise<ModelFolders> | undefined;

/**
 * Reads ComfyUI's kinds of models; once in a process.
 *
 * @throws `INTERNAL`, `DATA_INVALID` when the shipped file is damaged.
 */
export function readModelFolders(): Promise<ModelFolders> {
  return folders ??= read();
}

async function read(): Promise<ModelFolders> {
  const file = parseToml(await readAssetText(FILE), FILE);
  const list = readList(file.folders, "$.folders").map((value, at) =>
    readFolder(value, `$.folders[${at}]`)
  );
  return toFolders(list, readTexts(file.extensions, "$.extensions"));
}

function readFolder(value: unknown, path: string): ModelFolder {
  const record = readRecord(value, path);
  const name = readText(record.name, `${path}.name`);
  return {
    name,
    directories: optional(record.directories, `${path}.directories`, readTexts) ?? [name],
    aliases: optional(record.aliases, `${path}.aliases`, readTexts) ?? [],
    extensions: optional(record.extensions, `${path}.extensions`, readTexts),
  };
}

function readTexts(value: unknown, path: string): readonly string[] {
  return readList(value, path).map((text, at) => readText(text, `${path}[${at}]`));
}

function toFolders(
  list: readonly ModelFolder[],
  extensions: readonly string[],
): ModelFolders {
  const byName = new Map(
    list.flatMap((folder) =>
      [...folder.aliases, folder.name].map((name) => [name.toLowerCase(), folder] as const)
    ),
  );
  // The deepest directory counts: `ultralytics/bbox` is a folder of its own.
  const byDirectory = list.flatMap((folder) =>
    folder.directories.map((directory) => ({ prefix: `${directory.toLowerCase()}/`, folder }))
  ).sort((one, other) => other.prefix.length - one.prefix.length);
  const common = new Set(extensions);
  const own = new Map(list.map((folder) => [folder.name, new Set(folder.extensions ?? [])]));
  const find = (name: string) => byName.get(name.toLowerCase());
  return {
    folders: list,
    extensions,
    find,
    canonical: (name) => find(name)?.name ?? name,
    folderOf(relativePath) {
      const path = relativePath.toLowerCase();
      return byDirectory.find(({ prefix }) => path.startsWith(prefix))?.folder.name;
    },
    isModelFile(name, folder) {
      const dot = name.lastIndexOf(".");
      const extension = dot < 0 ? "" : name.slice(dot).toLowerCase();
      return common.has(extension) || (folder !== undefined && !!own.get(folder)?.has(extension));
    },
  };
}
