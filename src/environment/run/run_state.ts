import { baseErrors, isKind } from "../../base/mod.ts";
import { readProcessMark } from "../../tools/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { runStateFile } from "./places.ts";
import { readRunRecord } from "./state_file.ts";
import type { RunRecord, RunState } from "./types.ts";

/** What reading the state of a run needs. */
export type RunStateWorld = Pick<EnvironmentWorld, "workspace" | "environment" | "runner">;

/**
 * Tells whether an environment's ComfyUI runs; a process that has only its number in common is not taken for it.
 *
 * @throws `FILE_UNREADABLE`, `TOOL_FAILED`, `INTERRUPTED`
 */
export async function readRunState(world: RunStateWorld): Promise<RunState> {
  const path = runStateFile(world.workspace, world.environment.name);
  let run: RunRecord | undefined;
  try {
    run = await readRunRecord(path);
  } catch (error) {
    // What a power cut left of it tells nothing, and the next run writes it anew.
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
  }
  if (run === undefined) return { status: "never" };
  if (run.end) return { status: "ended", run: { ...run, end: run.end } };
  return { status: await isAlive(run, world) ? "running" : "lost", run };
}

/** Tells whether the process of a run is still there. */
export async function isAlive(
  { pid, mark }: RunRecord,
  { runner }: Pick<RunStateWorld, "runner">,
): Promise<boolean> {
  const found = await readProcessMark(pid, runner);
  if (mark !== undefined) return found === mark;
  return found !== undefined && (Deno.build.os !== "windows" || found.startsWith("python"));
}
