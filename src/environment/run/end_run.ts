import { ComfydockError } from "../../base/mod.ts";
import { readProcessMark, signalGroup } from "../../tools/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { runErrors } from "./errors.ts";
import { isAlive } from "./run_state.ts";
import { readOwnRecord } from "./start.ts";
import type { RunEnd, RunRecord } from "./types.ts";

/** The ways of ending a process, the most polite first. */
const SIGNALS: readonly NonNullable<EndedRun["by"]>[] = Deno.build.os === "windows"
  ? ["SIGKILL"]
  : ["SIGINT", "SIGTERM", "SIGKILL"];

const POLL_MS = 50;
const KILL_MS = 10_000;
const KEEPER_MS = 5_000;

/** How a run was ended. */
export interface EndedRun {
  /** The signal that worked; absent when it had ended by itself. */
  readonly by?: "SIGINT" | "SIGTERM" | "SIGKILL";
  /** What its keeper saw; absent when that is gone. */
  readonly end?: RunEnd;
}

/**
 * Ends ComfyUI and what it started: asked as by Ctrl-C, then told, then killed.
 *
 * @param run A run whose process is the one that its file names.
 * @param graceMs How long each polite signal is given, in milliseconds.
 * @throws `RUN_NOT_STOPPED`
 */
export async function endRun(
  run: RunRecord,
  world: EnvironmentWorld,
  graceMs: number,
): Promise<EndedRun> {
  for (const by of SIGNALS) {
    if (!await isAlive(run, world)) return { end: await awaitEnd(run, world) };
    send(run, by);
    if (await isGoneWithin(run, world, by === "SIGKILL" ? KILL_MS : graceMs)) {
      return { by, end: await awaitEnd(run, world) };
    }
  }
  throw notStopped(run);
}

function send(run: RunRecord, name: (typeof SIGNALS)[number]): void {
  try {
    signalGroup(run.pid, name);
  } catch (error) {
    throw notStopped(run, error);
  }
}

function notStopped({ environment, pid }: RunRecord, cause?: unknown): ComfydockError {
  return new ComfydockError(
    runErrors.RUN_NOT_STOPPED,
    `Cannot stop ComfyUI of "${environment}": process ${pid} does not end`,
    { hint: `See who it belongs to and what it waits for: ps -fp ${pid}`, details: { pid }, cause },
  );
}

async function isGoneWithin(
  run: RunRecord,
  world: EnvironmentWorld,
  milliseconds: number,
): Promise<boolean> {
  const deadline = world.clock.now() + milliseconds;
  while (await isAlive(run, world)) {
    if (world.clock.now() >= deadline) return false;
    await world.clock.sleep(POLL_MS);
  }
  return true;
}

/** Waits for the keeper to write down how it ended; of a keeper that was killed nothing comes. */
async function awaitEnd(run: RunRecord, world: EnvironmentWorld): Promise<RunEnd | undefined> {
  const deadline = world.clock.now() + KEEPER_MS;
  for (;;) {
    const end = (await readOwnRecord(world, run.id))?.end;
    if (end !== undefined || world.clock.now() >= deadline) return end;
    if (await readProcessMark(run.keeperPid, world.runner) === undefined) {
      return (await readOwnRecord(world, run.id))?.end;
    }
    await world.clock.sleep(POLL_MS);
  }
}
