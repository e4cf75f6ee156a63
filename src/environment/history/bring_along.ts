import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { PackageChange } from "../../tools/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { moveComfyUI } from "../comfyui/move.ts";
import { type EarlierFacts, follow, type Followed, readEarlier } from "../followers/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { syncVenv } from "../venv/mod.ts";

/** What was brought along with the files of `.cec`. */
export interface BroughtAlong {
  readonly packages: readonly PackageChange[];
  readonly comfyuiMoved: boolean;
  /** What became of nodes and workflows. */
  readonly followed: readonly Followed[];
}

/** Where nothing had to be brought along. */
export const NOTHING_BROUGHT: BroughtAlong = { packages: [], comfyuiMoved: false, followed: [] };

/**
 * Brings ComfyUI, `.venv`, nodes and workflows to what the files of `.cec` say now, as a part of a transaction.
 *
 * @param how `earlier` is what {@linkcode readEarlierFacts} gave before the files changed.
 * @throws `COMFYUI_CHANGED`, `MANIFEST_INVALID`, and what uv and git throw
 */
export async function bringAlong(
  world: EnvironmentWorld,
  transaction: Transaction,
  { command, earlier }: { readonly command: string; readonly earlier: EarlierFacts },
): Promise<BroughtAlong> {
  const { manifest, lockText } = await readEnvironmentState(world);
  const { comfyuiCommit, comfyuiRepository } = manifest.environment;
  const comfyuiMoved = comfyuiCommit !== undefined && comfyuiRepository !== undefined &&
    await moveComfyUI(world, transaction, {
      commit: comfyuiCommit,
      repository: comfyuiRepository,
      command,
    });
  const packages = lockText === undefined
    ? []
    : await syncVenv(world, transaction, { manifest, lockText });
  const followed = await follow(transaction, { world, command, manifest, earlier });
  return { packages, comfyuiMoved, followed };
}

/** What an environment is before its files change; a manifest that cannot be read is no obstacle. */
export async function readEarlierFacts(world: EnvironmentWorld): Promise<EarlierFacts> {
  return await readEarlier(world, await readManifestIfPossible(world));
}

// Going to another state of the files is also the way out of a manifest that cannot be read.
async function readManifestIfPossible(world: EnvironmentWorld): Promise<Manifest | undefined> {
  try {
    return (await readEnvironmentState(world)).manifest;
  } catch (error) {
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) return undefined;
    throw error;
  }
}
