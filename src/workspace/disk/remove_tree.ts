import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { entriesIn, lookAt } from "./exists.ts";

/**
 * Removes a file, link or directory with all below it; links are removed, never followed.
 *
 * Things that are marked read-only (git does so on Windows) are removed too.
 *
 * @throws `FILE_UNWRITABLE`
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return;
    if (!(error instanceof Deno.errors.PermissionDenied)) {
      throw fileError("Cannot remove", path, error);
    }
    try {
      await makeWritable(path);
      await Deno.remove(path, { recursive: true });
    } catch (secondError) {
      throw fileError("Cannot remove", path, secondError);
    }
  }
}

async function makeWritable(path: string): Promise<void> {
  const info = await lookAt(path);
  if (!info || info.isSymlink) return;
  if (info.isDirectory) {
    await Deno.chmod(path, 0o700);
    for (const { name } of await entriesIn(path)) await makeWritable(join(path, name));
  } else if (Deno.build.os === "windows") await Deno.chmod(path, 0o600);
}
