import { ComfydockError } from "../base/mod.ts";
import { readRunState, runErrors } from "./run/mod.ts";
import type { EnvironmentWorld } from "./types.ts";

/**
 * Refuses to go on while an environment's ComfyUI runs.
 *
 * @param doing What was to be done, such as `delete`.
 * @throws `RUN_ALREADY`
 */
export async function requireAtRest(world: EnvironmentWorld, doing: string): Promise<void> {
  const state = await readRunState(world);
  if (state.status !== "running") return;
  const { name } = world.environment;
  throw new ComfydockError(
    runErrors.RUN_ALREADY,
    `Cannot ${doing} the environment "${name}": its ComfyUI runs as process ${state.run.pid}`,
    {
      hint: `Run comfydock stop --env ${name} first`,
      details: { environment: name, pid: state.run.pid },
    },
  );
}
