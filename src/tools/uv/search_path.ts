import { basename, delimiter, dirname, join } from "node:path";
import { compareVersions, fileError } from "../../base/mod.ts";

/**
 * The search path for uv: directories of a version manager's wrappers give way to those of the Pythons behind them.
 *
 * uv starts every Python that it finds, and each of pyenv's wrappers takes half a second to say that it stands for
 * nothing here.
 *
 * @param path The value of `PATH`.
 * @returns The same value where no such directory is in it.
 */
export async function pythonSearchPath(path: string): Promise<string> {
  const places: string[] = [];
  for (const place of path.split(delimiter)) {
    const versions = basename(place) === "shims" ? await versionsBeside(place) : [];
    places.push(...(versions.length > 0 ? versions : [place]));
  }
  return places.join(delimiter);
}

/** pyenv keeps its Pythons in `versions/`, beside the wrappers in `shims/`. */
async function versionsBeside(shims: string): Promise<string[]> {
  const versions = join(dirname(shims), "versions");
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(versions)) {
      if (entry.isDirectory) names.push(entry.name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw fileError("Cannot read", versions, error);
  }
  const programs = Deno.build.os === "windows" ? [] : ["bin"];
  return names.sort(compareVersions).map((name) => join(versions, name, ...programs));
}
