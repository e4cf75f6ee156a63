import { throwIfAborted } from "../../base/mod.ts";
import { startInBackground } from "../../tools/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { endRun } from "./end_run.ts";
import { diedError, noAnswerError, notStartedError } from "./failures.ts";
import { answers } from "./health.ts";
import { prepareKeeper } from "./keeper.ts";
import { makeRunnable, readOwnRecord, startKeeper } from "./start.ts";
import type { RunPlan, RunRecord } from "./types.ts";

/** How a detached run is started. */
export interface DetachedOptions {
  /** How long to wait for its first answer, in milliseconds; absent means not at all. */
  readonly waitMs?: number;
  /** Size of a full log file, in bytes; default 10 MiB. */
  readonly logBytes?: number;
}

/** A ComfyUI that was started and goes on. */
export interface DetachedRun {
  readonly run: RunRecord;
  /** Whether it has answered; absent when nobody waited. */
  readonly ready?: boolean;
}

const HEALTH_POLL_MS = 100;
const INTERRUPTED_GRACE_MS = 5_000;

/**
 * Starts ComfyUI in a session of its own and, when asked to, waits until it answers at `/system_stats`.
 *
 * @throws `RUN_ALREADY`, `LOCKED`, `RUN_FAILED` when it ended before it answered, `RUN_NO_ANSWER` when the time was up
 * and it goes on, `INTERRUPTED` after it was stopped again
 */
export async function runDetached(
  world: EnvironmentWorld,
  plan: RunPlan,
  { waitMs, logBytes }: DetachedOptions = {},
): Promise<DetachedRun> {
  await makeRunnable(world, plan);
  const keeper = await prepareKeeper(world, plan, { copies: [], logBytes });
  throwIfAborted(world.signal);
  const start = () => startInBackground(keeper.spec, keeper.env);
  const { started, run } = await startKeeper(world, keeper, start);
  if (run === undefined) throw await notStartedError(plan, await started.ended);
  await started.release();
  if (waitMs === undefined) return { run };
  try {
    await untilReady(world, plan, run, waitMs);
  } catch (error) {
    if (world.signal?.aborted) await endRun(run, world, INTERRUPTED_GRACE_MS);
    throw error;
  }
  return { run, ready: true };
}

async function untilReady(
  world: EnvironmentWorld,
  plan: RunPlan,
  { id, pid }: RunRecord,
  waitMs: number,
): Promise<void> {
  const { clock, signal, report } = world;
  const deadline = clock.now() + waitMs;
  report.emit({ kind: "started", id: "run", label: "Waiting for ComfyUI" });
  try {
    for (;;) {
      const ready = await answers(plan);
      const now = await readOwnRecord(world, id);
      if (now?.end) throw await diedError(plan, now.end);
      if (ready) return;
      if (clock.now() >= deadline) throw await noAnswerError(plan, pid, waitMs);
      await clock.sleep(HEALTH_POLL_MS, signal);
    }
  } finally {
    report.emit({ kind: "finished", id: "run" });
  }
}
