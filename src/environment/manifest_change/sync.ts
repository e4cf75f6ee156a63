import { changeEnvironment } from "../change.ts";
import { hasFollowed } from "../followers/mod.ts";
import { uncommitted } from "../history/commit.ts";
import { hasRepository, readEnvironmentState } from "../state.ts";
import { isJournalOpen } from "../status/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { isVenvCurrent } from "../venv/mod.ts";
import { applyManifest, type ManifestReport, NOTHING_CHANGED } from "./apply.ts";
import { resolveManifest } from "./resolve.ts";

const COMMAND = "sync";

/** How an environment is synchronised. */
export interface SyncOptions {
  /** `locked` refuses a lock that does not fit, `frozen` does not look whether it fits; by default it is renewed. */
  readonly lock?: "locked" | "frozen";
}

/**
 * Brings lock, history, `.venv`, nodes and workflows to what the manifest on disk says; where nothing differs, no
 * program is started.
 *
 * @returns What changed.
 * @throws what {@linkcode applyManifest} throws; then nothing has changed
 */
export async function syncEnvironment(
  world: EnvironmentWorld,
  { lock }: SyncOptions = {},
): Promise<ManifestReport> {
  if (await isInSync(world)) return NOTHING_CHANGED;
  return await changeEnvironment(world, { command: COMMAND }, async (transaction) => {
    const before = await readEnvironmentState(world);
    return await applyManifest(world, transaction, {
      before,
      manifestText: before.manifestText,
      lock,
      command: COMMAND,
      follow: true,
      commit: "Sync pyproject.toml and uv.lock",
    });
  });
}

/** Whether a sync would find nothing to do; no uv is started. */
export async function isInSync(world: EnvironmentWorld): Promise<boolean> {
  if (await isJournalOpen(world)) return false;
  const { environment: { venv, cec } } = world;
  const state = await readEnvironmentState(world);
  if (!await isVenvCurrent(venv, state)) return false;
  if (!await hasFollowed({ world, command: COMMAND, manifest: state.manifest })) return false;
  if (!await hasRepository(cec)) return true;
  return !(await uncommitted(world)).some(({ path }) => /^(pyproject\.toml|uv\.lock)$/.test(path));
}

/**
 * Resolves the manifest on disk anew where it must be, and writes the lock alone.
 *
 * @param upgrade Every package, or those named, may take a newer version.
 * @returns What changed in the lock.
 * @throws what {@linkcode resolveManifest} throws; then nothing has changed
 */
export async function lockEnvironment(
  world: EnvironmentWorld,
  upgrade?: true | readonly string[],
): Promise<ManifestReport> {
  const tried = await readEnvironmentState(world);
  const resolved = await resolveNow(world, tried, upgrade);
  if (resolved === tried.lockText && !await isJournalOpen(world)) return NOTHING_CHANGED;
  return await changeEnvironment(world, { command: "lock" }, async (transaction) => {
    const before = await readEnvironmentState(world);
    const { manifestText } = before;
    return await applyManifest(world, transaction, {
      before,
      manifestText,
      command: "lock",
      upgrade,
      sync: false,
    });
  });
}

/** The lock that belongs to a state, without touching anything. */
export async function resolveNow(
  world: EnvironmentWorld,
  before: EnvironmentState,
  upgrade?: true | readonly string[],
): Promise<string> {
  const { manifest, manifestText } = before;
  return await resolveManifest(world, { manifest, manifestText, before, upgrade });
}
