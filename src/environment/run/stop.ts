import { fileError } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { type EndedRun, endRun } from "./end_run.ts";
import { runStateFile } from "./places.ts";
import { readRunState } from "./run_state.ts";
import type { RunState } from "./types.ts";

/** What `stop` did. */
export interface StopResult {
  /** What was found before. */
  readonly state: RunState;
  /** Set when it ran. */
  readonly ended?: EndedRun;
}

/**
 * Ends an environment's ComfyUI, however it was started; one that does not run is no failure.
 *
 * @param graceMs How long each polite signal is given, in milliseconds.
 * @throws `RUN_NOT_STOPPED`, `FILE_UNWRITABLE`
 */
export async function stopRun(world: EnvironmentWorld, graceMs: number): Promise<StopResult> {
  const state = await readRunState(world);
  if (state.status === "lost") await forgetRun(world);
  if (state.status !== "running") return { state };
  const ended = await endRun(state.run, world, graceMs);
  // Without its keeper nobody writes down the end.
  if (ended.end === undefined) await forgetRun(world);
  return { state, ended };
}

async function forgetRun({ workspace, environment }: EnvironmentWorld): Promise<void> {
  const path = runStateFile(workspace, environment.name);
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot remove", path, error);
  }
}
