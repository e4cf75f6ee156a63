import { readTextBounded } from "../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../pyproject/mod.ts";
import { lookAt } from "../workspace/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "./types.ts";

/** The largest `uv.lock` that is read, in bytes. */
export const MAX_LOCK_BYTES: number = 64 * 1024 ** 2;

/**
 * Reads what the files of an environment say.
 *
 * @throws `MANIFEST_INVALID`, `MANIFEST_SCHEMA_NEWER`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readEnvironmentState(world: EnvironmentWorld): Promise<EnvironmentState> {
  const { environment, git } = world;
  const [manifestText, lockText, head] = await Promise.all([
    readTextBounded(environment.manifest, MAX_MANIFEST_BYTES),
    readLock(environment.lockFile),
    hasRepository(environment.cec).then((has) =>
      has ? git.resolve(environment.cec, "HEAD") : undefined
    ),
  ]);
  const manifest = readManifest(manifestText, environment.manifest);
  return { manifestText, manifest, lockText, head };
}

/** Whether `.cec` is a repository of its own; git would answer for one that the workspace lies in. */
export async function hasRepository(directory: string): Promise<boolean> {
  return await lookAt(`${directory}/.git`) !== undefined;
}

/** The text of a lock file, or nothing where there is none. */
export async function readLock(path: string): Promise<string | undefined> {
  return await lookAt(path) ? await readTextBounded(path, MAX_LOCK_BYTES) : undefined;
}
