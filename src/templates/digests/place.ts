import { dirname, join, resolve } from "node:path";
import { fileError, sha256OfText } from "../../base/mod.ts";

/** Environment variables that say where a user's caches are. */
export type CacheVariables = Readonly<Record<string, string | undefined>>;

/**
 * The directory in which comfydock keeps what it knows of a repository: in git's own, else among the user's caches.
 *
 * @returns Nothing where there is neither.
 */
export async function privateDirectory(
  root: string,
  env: CacheVariables = {},
): Promise<string | undefined> {
  const git = await gitDirectory(root);
  if (git !== undefined) return join(git, "comfydock");
  const caches = env.XDG_CACHE_HOME ?? env.LOCALAPPDATA ??
    (env.HOME === undefined ? undefined : join(env.HOME, ".cache"));
  if (caches === undefined || caches === "") return undefined;
  return join(caches, "comfydock", "templates", sha256OfText(resolve(root)).slice(0, 16));
}

// In a linked working tree `.git` is a file that names the directory.
async function gitDirectory(root: string): Promise<string | undefined> {
  const path = join(root, ".git");
  try {
    if ((await Deno.stat(path)).isDirectory) return path;
    const [, target] = /^gitdir: (.+)$/m.exec(await Deno.readTextFile(path)) ?? [];
    return target === undefined ? undefined : resolve(dirname(path), target.trim());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", path, error);
  }
}
