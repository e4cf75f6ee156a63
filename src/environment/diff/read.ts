import { ComfydockError } from "../../base/mod.ts";
import { type Manifest, readManifest } from "../../pyproject/mod.ts";
import { environmentErrors } from "../errors.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { diffLocks, type LockChange, readLockPackages } from "../venv/mod.ts";
import { diffManifests, type ManifestDiff } from "./manifests.ts";

/** What differs between two states of an environment. */
export interface EnvironmentDiff extends ManifestDiff {
  /** What was compared: commits, or `files` for what is on disk. */
  readonly from: string;
  readonly to: string;
  /** Packages whose locked versions differ. */
  readonly packages: readonly LockChange[];
  /** Whether the texts are the same, byte for byte. */
  readonly identical: boolean;
}

interface Side {
  readonly name: string;
  readonly text: string;
  readonly manifest: Manifest;
  readonly lockText?: string;
}

/**
 * Compares a revision with another, or with what is on disk.
 *
 * @param from Default the last commit.
 * @param to Default what is on disk.
 * @throws `REVISION_NOT_FOUND`, `MANIFEST_INVALID`
 */
export async function readDiff(
  world: EnvironmentWorld,
  from = "HEAD",
  to?: string,
): Promise<EnvironmentDiff> {
  const [before, after] = await Promise.all([
    readRevision(world, from),
    to === undefined ? readFiles(world) : readRevision(world, to),
  ]);
  return {
    from: before.name,
    to: after.name,
    ...diffManifests(before.manifest, after.manifest),
    packages: diffLocks(readLockPackages(before.lockText), readLockPackages(after.lockText)),
    identical: before.text === after.text && before.lockText === after.lockText,
  };
}

async function readFiles(world: EnvironmentWorld): Promise<Side> {
  const { manifest, manifestText, lockText } = await readEnvironmentState(world);
  return { name: "files", text: manifestText, manifest, lockText };
}

async function readRevision(world: EnvironmentWorld, revision: string): Promise<Side> {
  const { git, environment: { cec } } = world;
  const commit = await resolveRevision(world, revision);
  const [manifest, lock] = await Promise.all([
    git.readFile(cec, commit, "pyproject.toml"),
    git.readFile(cec, commit, "uv.lock"),
  ]);
  const decoder = new TextDecoder();
  const text = decoder.decode(manifest ?? new Uint8Array());
  return {
    name: commit,
    text,
    manifest: readManifest(text, `pyproject.toml of ${commit.slice(0, 8)}`),
    lockText: lock && decoder.decode(lock),
  };
}

/**
 * Finds the commit of `.cec` that a revision names.
 *
 * @throws `REVISION_NOT_FOUND`
 */
export async function resolveRevision(world: EnvironmentWorld, revision: string): Promise<string> {
  const { git, environment: { cec, name } } = world;
  const commit = await git.resolve(cec, revision);
  if (commit !== undefined) return commit;
  throw new ComfydockError(
    environmentErrors.REVISION_NOT_FOUND,
    `Cannot find the revision "${revision}" in the history of "${name}"`,
    { hint: `Run comfydock log --env ${name}`, details: { revision } },
  );
}
