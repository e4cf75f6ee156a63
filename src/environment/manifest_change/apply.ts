import { readManifest } from "../../pyproject/mod.ts";
import type { PackageChange } from "../../tools/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { follow, type Followed, type Follower } from "../followers/mod.ts";
import { commitChanges } from "../history/commit.ts";
import { hasRepository } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { diffLocks, type LockChange, readLockPackages, syncVenv } from "../venv/mod.ts";
import { type ResolutionRequest, resolveManifest } from "./resolve.ts";

/** A manifest that an environment shall have from now on. */
export interface ManifestChange
  extends Pick<ResolutionRequest, "upgrade" | "lock" | "comfyuiRequirements"> {
  /** The environment as it is, read under its lock. */
  readonly before: EnvironmentState;
  /** The whole new text; may be the old one. */
  readonly manifestText: string;
  /** Such as `py add`. */
  readonly command: string;
  /** The lock of the new manifest, where it was resolved from the present one already. */
  readonly resolved?: string;
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  /** Whether nodes and workflows follow after `.venv`, or which of them; by default they stay. */
  readonly follow?: boolean | readonly Follower[];
  /** Changes further files once the resolution holds, before packages are installed. */
  readonly prepare?: (transaction: Transaction) => Promise<void>;
  /** Message of a commit of manifest and lock; without one nothing is committed. */
  readonly commit?: string;
}

/** What a change of the manifest came to. */
export interface ManifestReport {
  readonly manifestChanged: boolean;
  readonly lockChanged: boolean;
  /** Packages whose locked versions differ. */
  readonly locked: readonly LockChange[];
  /** What was installed, removed or replaced in `.venv`. */
  readonly packages: readonly PackageChange[];
  /** What became of nodes and workflows. */
  readonly followed: readonly Followed[];
  readonly commit?: string;
}

/** The report where nothing had to be done. */
export const NOTHING_CHANGED: ManifestReport = {
  manifestChanged: false,
  lockChanged: false,
  locked: [],
  packages: [],
  followed: [],
};

/**
 * Gives an environment a new manifest: trial resolution, files, commit, packages, then what follows
 * them; what fails takes all before it back.
 *
 * Nothing is touched when the trial fails, and no program is started when nothing differs.
 *
 * @param transaction Of {@linkcode changeEnvironment}.
 * @throws `MANIFEST_INVALID`, `PACKAGE_CONFLICT` and what else uv and git find
 */
export async function applyManifest(
  world: EnvironmentWorld,
  transaction: Transaction,
  change: ManifestChange,
): Promise<ManifestReport> {
  const { before, manifestText, upgrade, lock, comfyuiRequirements, command } = change;
  const { environment, checkpoints } = world;
  const manifest = readManifest(manifestText, environment.manifest);
  const lockText = change.resolved ?? await resolveManifest(world, {
    manifestText,
    manifest,
    before,
    upgrade,
    lock,
    comfyuiRequirements,
  });
  checkpoints.reach("environment:resolved");
  const manifestChanged = manifestText !== before.manifestText;
  const lockChanged = lockText !== before.lockText;
  if (manifestChanged) await transaction.writeFile(environment.manifest, manifestText);
  if (lockChanged) await transaction.writeFile(environment.lockFile, lockText);
  checkpoints.reach("environment:manifest-written");
  await change.prepare?.(transaction);
  const commit = change.commit !== undefined && await hasRepository(environment.cec)
    ? await commitChanges(world, transaction, change.commit, ["pyproject.toml", "uv.lock"])
    : undefined;
  const packages = change.sync === false
    ? []
    : await syncVenv(world, transaction, { manifest, lockText, verified: lock !== "frozen" });
  const earlier = { manifest: before.manifest, workflows: new Map<string, string>() };
  const { follow: wanted = false } = change;
  const followers = wanted === true ? undefined : wanted || [];
  const followed = await follow(transaction, { world, command, manifest, earlier }, followers);
  return {
    manifestChanged,
    lockChanged,
    locked: lockChanged
      ? diffLocks(readLockPackages(before.lockText), readLockPackages(lockText))
      : [],
    packages,
    followed,
    commit,
  };
}
