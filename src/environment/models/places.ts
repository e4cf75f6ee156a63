import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { innerParts } from "../inner_path.ts";

/**
 * Names where a model of the manifest lies.
 *
 * @param models Absolute path of the directory of models.
 * @param localPath With forward slashes, below that directory; a leading `models/` is the directory itself.
 * @returns Nothing where the path leads out of the directory, or could on another system.
 */
export function modelPath(models: string, localPath: string): string | undefined {
  const parts = innerParts(localPath.replace(/^models\//, ""));
  return parts && join(models, ...parts);
}

/**
 * What is where a model should be, links followed; nothing where nothing is.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function statModel(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    const { NotFound, NotADirectory, FilesystemLoop } = Deno.errors;
    const missing = [NotFound, NotADirectory, FilesystemLoop];
    if (missing.some((kind) => error instanceof kind)) return undefined;
    throw fileError("Cannot read", path, error);
  }
}
