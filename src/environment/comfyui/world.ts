import type { ComfyUIWorld } from "../../comfyui/mod.ts";
import { withLock } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/**
 * What getting ComfyUI asks of the outside world, from the world of an environment.
 *
 * @param command The command that wants it, for whoever must wait for the mirror.
 */
export function comfyuiWorld(world: EnvironmentWorld, command: string): ComfyUIWorld {
  const { git, workspace, lockTimeoutMs: timeoutMs, clock, signal, offline, report } = world;
  return {
    git,
    mirrors: workspace.comfyuiMirrors,
    exclusively: (name, work) =>
      withLock(workspace, name, { command, timeoutMs, clock, signal }, work),
    offline,
    report,
  };
}
