import { readTextBounded } from "../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../pyproject/reading/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
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
  const [read, lockText, head] = await Promise.all([
    readManifestState(world),
    readLock(environment.lockFile),
    hasRepository(environment.cec).then((has) => has ? git.headCommit(environment.cec) : undefined),
  ]);
  return { ...read, lockText, head };
}

/** The manifest of an environment, and its text. */
export type ManifestState = Pick<EnvironmentState, "manifestText" | "manifest">;

/**
 * Reads the manifest of an environment, for what asks for nothing else.
 *
 * @param before What was read earlier; it holds as long as the text is the same.
 * @throws `MANIFEST_INVALID`, `MANIFEST_SCHEMA_NEWER`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readManifestState(
  { environment }: Pick<EnvironmentWorld, "environment">,
  before?: ManifestState,
): Promise<ManifestState> {
  const manifestText = await readTextBounded(environment.manifest, MAX_MANIFEST_BYTES);
  if (manifestText === before?.manifestText) return before;
  return { manifestText, manifest: readManifest(manifestText, environment.manifest) };
}

/** Whether `.cec` is a repository of its own; git would answer for one that the workspace lies in. */
export async function hasRepository(directory: string): Promise<boolean> {
  return await lookAt(`${directory}/.git`) !== undefined;
}

/** The text of a lock file, or nothing where there is none. */
export async function readLock(path: string): Promise<string | undefined> {
  return await lookAt(path) ? await readTextBounded(path, MAX_LOCK_BYTES) : undefined;
}
