import { ComfydockError } from "../../base/mod.ts";
import { listEnvironments, withLock } from "../../workspace/mod.ts";
import { writeModelsList } from "../comfyui/models_list.ts";
import { readModelsState } from "../comfyui/models_state.ts";
import { isInSync, syncEnvironment } from "../manifest_change/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { runErrors } from "./errors.ts";
import type { Keeper } from "./keeper.ts";
import { runLock, runStateFile } from "./places.ts";
import { choosePort, planRun, requireRunnable } from "./plan.ts";
import { isAlive, readRunState } from "./run_state.ts";
import { readRunRecord } from "./state_file.ts";
import type { RunPlan, RunRecord, RunRequest } from "./types.ts";

const HANDSHAKE_POLL_MS = 20;

/**
 * Looks at an environment and decides how its ComfyUI is started; nothing is started yet.
 *
 * @throws `RUN_ALREADY`, `RUN_NOT_READY`, `RUN_PORT_IN_USE`, `RUN_ARGUMENTS_INVALID`
 */
export async function prepareRun(world: EnvironmentWorld, request: RunRequest): Promise<RunPlan> {
  await requireNotRunning(world);
  const sync = request.sync && !await isInSync(world);
  await requireRunnable(world.environment, sync);
  const port = await choosePort(request, (wanted) => namePortUser(world, wanted));
  return planRun(request, { environment: world.environment, port, sync });
}

/**
 * Installs what a plan says has to be installed first, and names new directories of models to ComfyUI.
 *
 * @throws `RUN_NOT_READY`, and what a sync throws
 */
export async function makeRunnable(world: EnvironmentWorld, { sync }: RunPlan): Promise<void> {
  const { models, environment: { comfyui } } = world;
  if (await readModelsState(models, comfyui) === "outdated") {
    await writeModelsList(models, comfyui);
  }
  if (!sync) return;
  // What it settles is a change of its own, which can be undone while ComfyUI runs.
  await syncEnvironment({ ...world, chain: undefined });
  await requireRunnable(world.environment, false);
}

/**
 * Refuses a second ComfyUI of one environment.
 *
 * @throws `RUN_ALREADY` that names process and port
 */
export async function requireNotRunning(world: EnvironmentWorld): Promise<void> {
  const state = await readRunState(world);
  if (state.status !== "running") return;
  const { pid, port, host, started } = state.run;
  const { name } = world.environment;
  throw new ComfydockError(
    runErrors.RUN_ALREADY,
    `Cannot run ComfyUI of "${name}": it runs already as process ${pid} on port ${port}`,
    {
      hint: `Run comfydock stop --env ${name} first, or look at comfydock logs --env ${name}`,
      details: { environment: name, pid, port, host, started },
    },
  );
}

async function namePortUser(
  { workspace, runner }: EnvironmentWorld,
  port: number,
): Promise<string | undefined> {
  for (const name of await listEnvironments(workspace)) {
    const run = await readRunRecord(runStateFile(workspace, name)).catch(() => undefined);
    if (run === undefined || run.port !== port || run.end !== undefined) continue;
    if (await isAlive(run, { runner })) {
      return `ComfyUI of "${name}" runs there as process ${run.pid}`;
    }
  }
  return undefined;
}

/**
 * Starts a keeper while nobody else starts one for this environment, and waits until it has told of the run.
 *
 * @param start Starts the process; the promise in what it returns settles when that has ended.
 * @throws `RUN_ALREADY`, `LOCKED`, and what starting throws
 */
export async function startKeeper<Started extends { readonly ended: Promise<unknown> }>(
  world: EnvironmentWorld,
  { id }: Keeper,
  start: () => Promise<Started>,
): Promise<{ readonly started: Started; readonly run?: RunRecord }> {
  const { workspace, environment, lockTimeoutMs, clock, signal } = world;
  const options = { command: "run", timeoutMs: lockTimeoutMs, clock, signal };
  return await withLock(workspace, runLock(environment.name), options, async () => {
    await requireNotRunning(world);
    const started = await start();
    let over = false;
    const watching = started.ended.then(() => over = true, () => over = true);
    for (;;) {
      const last = over;
      const run = await readOwnRecord(world, id);
      if (run !== undefined || last) return { started, run };
      await Promise.race([watching, clock.sleep(HANDSHAKE_POLL_MS)]);
    }
  });
}

/** What the keeper of one run has told; `undefined` as long as it told nothing. */
export async function readOwnRecord(
  { workspace, environment }: EnvironmentWorld,
  id: string,
): Promise<RunRecord | undefined> {
  // Until the keeper has written, the file is that of the run before, or damaged.
  const run = await readRunRecord(runStateFile(workspace, environment.name)).catch(() => undefined);
  return run?.id === id ? run : undefined;
}
