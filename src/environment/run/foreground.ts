import { throwIfAborted } from "../../base/mod.ts";
import { runInForeground } from "../../tools/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { endRun } from "./end_run.ts";
import { prepareKeeper } from "./keeper.ts";
import { makeRunnable, readOwnRecord, startKeeper } from "./start.ts";
import type { RunPlan } from "./types.ts";

/** How a run that was shown ended. */
export interface ShownRun {
  /** ComfyUI's exit code, or 128 and the number of the signal that ended it. */
  readonly code: number;
  /** Number of that signal. */
  readonly signal?: number;
}

/** How a run is shown. */
export interface ForegroundOptions {
  /** Leaves standard output to comfydock: all that ComfyUI writes goes to standard error. */
  readonly stderrOnly?: boolean;
  /** Size of a full log file, in bytes; default 10 MiB. */
  readonly logBytes?: number;
}

/** How long it is asked to end when nobody keeps its log any more, in milliseconds. */
const ABANDONED_GRACE_MS = 5_000;

/**
 * Runs ComfyUI on the streams of this process until it ends, keeping its log.
 *
 * SIGINT, SIGTERM and SIGHUP are passed on. If this process is killed, the keeper asks ComfyUI to end; if the keeper is
 * killed, this process does.
 *
 * @throws `RUN_ALREADY`, `LOCKED`, `TOOL_MISSING`, `FILE_UNWRITABLE`, `INTERRUPTED` before the start
 */
export async function runShown(
  world: EnvironmentWorld,
  plan: RunPlan,
  { stderrOnly = false, logBytes }: ForegroundOptions = {},
): Promise<ShownRun> {
  await makeRunnable(world, plan);
  const keeper = await prepareKeeper(world, plan, { copies: [stderrOnly ? 2 : 1, 2], logBytes });
  throwIfAborted(world.signal);
  // Once it runs, Ctrl-C is ComfyUI's, and its state is read to the end all the same.
  const steady = { ...world, signal: undefined };
  const { started } = await startKeeper(steady, keeper, () => {
    const ended = runInForeground(keeper.spec, keeper.env);
    return Promise.resolve({ ended });
  });
  const { code } = await started.ended;
  const run = await readOwnRecord(steady, keeper.id);
  if (run?.end) return { code: run.end.code, signal: run.end.signal };
  if (run) await endRun(run, steady, ABANDONED_GRACE_MS);
  return { code };
}
