import { dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { baseErrors, ComfydockError, isKind, parseYaml, readTextBounded } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import type { ModelFolders } from "./folders.ts";

/** A directory that an `extra_model_paths.yaml` names. */
export interface ExtraModelPath {
  /** ComfyUI's name of the folder; as written where it is unknown. */
  readonly folder: string;
  /** Absolute. */
  readonly directory: string;
  /** Whether ComfyUI searches and saves there first. */
  readonly isDefault: boolean;
  /** The section that names it, such as `a111`. */
  readonly section: string;
}

/** What a path in such a file may refer to. */
export interface ExtraPathsWorld {
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const LARGEST_FILE = 1024 ** 2;
const MOST_PATHS = 10_000;

/**
 * Reads an `extra_model_paths.yaml` as ComfyUI does (`utils/extra_config.py`).
 *
 * Sections have a `base_path` (`~` and variables count, relative ones start at the file), `is_default`, and folders with
 * one path a line. Aliases of folders become ComfyUI's own names.
 *
 * @param path The file.
 * @throws `MODEL_PATHS_INVALID` with the place at fault, `FILE_NOT_FOUND`, `FILE_TOO_LARGE`
 */
export async function readExtraModelPaths(
  path: string,
  folders: ModelFolders,
  world: ExtraPathsWorld,
): Promise<readonly ExtraModelPath[]> {
  const text = await readTextBounded(path, LARGEST_FILE);
  const sections = await parseSections(text, path);
  const found = [...sections].flatMap(([section, fields]) => {
    if (fields === null) return [];
    if (!(fields instanceof Map)) throw invalid(path, `"${section}" is no section with folders`);
    return readSection(path, String(section), fields, folders, world);
  });
  if (found.length > MOST_PATHS) throw invalid(path, `it names ${found.length} directories`);
  return found;
}

async function parseSections(text: string, path: string): Promise<ReadonlyMap<unknown, unknown>> {
  try {
    const value = await parseYaml(text, path);
    if (value === null) return new Map();
    if (value instanceof Map) return value;
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw invalid(path, String(error.details?.why), error);
  }
  throw invalid(path, "it has no sections");
}

function readSection(
  path: string,
  section: string,
  fields: ReadonlyMap<unknown, unknown>,
  folders: ModelFolders,
  world: ExtraPathsWorld,
): readonly ExtraModelPath[] {
  const base = fields.get("base_path");
  if (base !== undefined && base !== null && typeof base !== "string") {
    throw invalid(path, `"base_path" of "${section}" is no path`);
  }
  const start = typeof base === "string"
    ? resolve(dirname(resolve(path)), expand(base, world))
    : dirname(resolve(path));
  const isDefault = fields.get("is_default") === true;
  return [...fields].flatMap(([name, value]) => {
    if (name === "base_path" || name === "is_default") return [];
    if (typeof value !== "string") {
      throw invalid(path, `"${String(name)}" of "${section}" is no path`);
    }
    const lines = value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return lines.map((line) => ({
      folder: folders.canonical(String(name)),
      directory: normalize(isAbsolute(line) ? line : join(start, line)).replace(/[\\/]+$/, ""),
      isDefault,
      section,
    }));
  });
}

/** Python's `expanduser`, then `expandvars`; unknown variables stay as they are. */
function expand(text: string, { env }: ExtraPathsWorld): string {
  const home = env.HOME ?? env.USERPROFILE;
  const path = home !== undefined && /^~($|[\\/])/.test(text) ? home + text.slice(1) : text;
  return path.replace(
    /\$\{(\w+)\}|\$(\w+)|%(\w+)%/g,
    (whole, braced, plain, windows) => env[braced ?? plain ?? windows] ?? whole,
  );
}

function invalid(path: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(modelErrors.MODEL_PATHS_INVALID, `Cannot read "${path}": ${why}`, {
    hint: "Compare it with extra_model_paths.yaml.example of ComfyUI",
    details: { path },
    cause,
  });
}
