import { dirname, join, relative, sep } from "node:path";
import { ComfydockError, fileError } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { isInnerPath } from "../repository/mod.ts";

/**
 * Lets only paths pass that lead below a root, also when links are followed: names of files come from the repository's
 * own JSON and TOML, and git keeps links.
 *
 * @param root Absolute path of the repository.
 * @param paths Of files that are about to be written or removed.
 * @throws `E_BAD_REPOSITORY`
 */
export async function requireInside(root: string, paths: readonly string[]): Promise<void> {
  const lost = paths.find((path) => !isInnerPath(path));
  if (lost !== undefined) throw outside(root, lost, "it does not lead below");
  const top = await realPlace(root);
  const directories = new Map(paths.map((path) => [dirname(path), path]));
  for (const [directory, path] of directories) {
    const way = relative(top, await nearestPlace(root, directory));
    if (way === ".." || way.startsWith(`..${sep}`)) {
      throw outside(root, path, "a link leads out of");
    }
  }
}

/** Where a directory really is, or the nearest one above it that is there. */
async function nearestPlace(root: string, directory: string): Promise<string> {
  for (let path = directory; path !== "."; path = dirname(path)) {
    try {
      return await Deno.realPath(join(root, path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw fileError("Cannot write", join(root, path), error);
    }
  }
  return await realPlace(root);
}

async function realPlace(root: string): Promise<string> {
  try {
    return await Deno.realPath(root);
  } catch (error) {
    // It is made by what is written.
    if (error instanceof Deno.errors.NotFound) return root;
    throw fileError("Cannot write", root, error);
  }
}

function outside(root: string, path: string, why: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_BAD_REPOSITORY,
    `Cannot write "${path}": ${why} "${root}"`,
    { hint: "Run `comfydock templates check` to see which file names it, or remove the link" },
  );
}
