import { readComfyUIRequirements } from "../manifest_change/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readInstalled, readLockPackages } from "../venv/mod.ts";
import type { PackageFacts } from "./list.ts";

/**
 * Reads what manifest, lock, `.venv` and ComfyUI say about packages; no program is started.
 *
 * @throws `MANIFEST_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readPackageFacts(world: EnvironmentWorld): Promise<PackageFacts> {
  const { comfyui, venv } = world.environment;
  const [{ manifest, lockText }, asked, installed] = await Promise.all([
    readEnvironmentState(world),
    readComfyUIRequirements(comfyui),
    readInstalled(venv),
  ]);
  return {
    manifest,
    locked: readLockPackages(lockText),
    installed: installed ?? {},
    comfyui: asked ?? [],
  };
}
