import { join } from "node:path";
import {
  baseErrors,
  compareCodePoints,
  fileError,
  isKind,
  readBytesBounded,
} from "../../base/mod.ts";
import { MAX_TEXT_BYTES, type RepositoryFiles } from "./files.ts";
import { isInnerPath } from "./inner_path.ts";

/** Directories that hold nothing of a repository's own. */
const PASSED_OVER = new Set([".git", ".venv", "venv", "node_modules", "__pycache__"]);
const MAX_DEPTH = 32;

/**
 * The working copy, untracked files included; symbolic links are not followed, and nothing outside is read.
 *
 * @param root Absolute path of the repository.
 */
export function workingFiles(root: string): RepositoryFiles {
  return {
    label: "working copy",
    async list(directory) {
      const found: string[] = [];
      if (directory !== "." && !isInnerPath(directory)) return found;
      await collect(root, directory, directory === "." ? 0 : MAX_DEPTH, found);
      return found.sort(compareCodePoints);
    },
    async directories(directory) {
      if (directory !== "." && !isInnerPath(directory)) return [];
      const entries = await entriesOf(join(root, directory));
      const names = entries.filter((entry) => entry.isDirectory && !PASSED_OVER.has(entry.name));
      return names.map(({ name }) => name).sort(compareCodePoints);
    },
    async read(path, maxBytes = MAX_TEXT_BYTES) {
      // Ids of index and bundles become paths, and may be anything.
      if (!isInnerPath(path)) return undefined;
      try {
        return await readBytesBounded(join(root, path), maxBytes);
      } catch (error) {
        if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
        throw error;
      }
    },
  };
}

async function collect(
  root: string,
  directory: string,
  depth: number,
  found: string[],
): Promise<void> {
  const below: string[] = [];
  for (const { name, isFile, isDirectory } of await entriesOf(join(root, directory))) {
    const path = directory === "." ? name : `${directory}/${name}`;
    if (isFile) found.push(path);
    else if (isDirectory && depth > 0 && !PASSED_OVER.has(name)) below.push(path);
  }
  for (const path of below) await collect(root, path, depth - 1, found);
}

async function entriesOf(directory: string): Promise<readonly Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(directory));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw fileError("Cannot list", directory, error);
  }
}
