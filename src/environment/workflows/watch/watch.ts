import { ComfydockError, interrupted, isKind } from "../../../base/mod.ts";
import { lookAt, workspaceErrors } from "../../../workspace/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { readWorkflowStates } from "../states/mod.ts";
import { syncWorkflows } from "../tracked/mod.ts";
import { WorkflowChanges } from "./changes.ts";
import { firstMemory, planRound, type WatchMemory } from "./round.ts";
import type { WatchEvent, WatchOptions } from "./types.ts";

/** How soon it is looked again while another comfydock is at work. */
const BUSY_MS = 500;
/** How soon it is looked again after a failure. */
const FAILED_MS = 5_000;

/**
 * Keeps the tracked workflows of `.cec` and of ComfyUI in step until it is stopped: once now, then after each burst of
 * changes. Each sync is a change of its own that `undo` takes back, and what is taken back stays so.
 *
 * @throws `INTERRUPTED` when the signal aborts, and what reading an environment throws that is gone
 */
export async function* watchWorkflows(
  world: EnvironmentWorld,
  { commit = false, poll = false, isOver = () => Promise.resolve(false) }: WatchOptions = {},
): AsyncGenerator<WatchEvent> {
  using changes = await WorkflowChanges.open(world, poll);
  const states = await readWorkflowStates(world);
  let memory = firstMemory(states);
  let trouble = "";
  const count = (tracking: string) => states.filter((one) => one.tracking === tracking).length;
  const by = changes.by;
  yield { event: "watching", by, tracked: count("tracked"), untracked: count("watched") };
  while (await changes.settled(isOver)) {
    for (;;) {
      try {
        const round = await lookOnce(world, memory, commit);
        memory = round.memory;
        trouble = "";
        yield* round.events;
        break;
      } catch (error) {
        if (world.signal?.aborted) throw interrupted(world.signal);
        if (!await lookAt(world.environment.cec)) throw error;
        const told = troubleOf(error);
        if (trouble !== told.message) yield told;
        trouble = told.message;
        await changes.again(told.event === "waiting" ? BUSY_MS : FAILED_MS);
        if (await isOver()) return;
      }
    }
  }
}

/** Looks, and brings together what can be. */
async function lookOnce(
  world: EnvironmentWorld,
  before: WatchMemory,
  commit: boolean,
): Promise<{ readonly memory: WatchMemory; readonly events: readonly WatchEvent[] }> {
  const { sync, tell, memory } = planRound(await readWorkflowStates(world), before);
  if (sync.size === 0) return { memory, events: tell };
  // Whoever waits here would not notice what else changes; each round is undone by itself.
  const round = { ...world, lockTimeoutMs: 0, chain: undefined };
  const { steps, commit: made } = await syncWorkflows(round, {
    skipConflicts: true,
    commit,
    files: new Set(sync.keys()),
  });
  const synced: WatchEvent = { event: "synced", steps, commit: made ?? null };
  return {
    memory: { ...memory, synced: new Map([...memory.synced, ...sync]) },
    events: steps.length > 0 ? [synced, ...tell] : tell,
  };
}

function troubleOf(error: unknown): Extract<WatchEvent, { event: "waiting" | "failed" }> {
  if (!(error instanceof ComfydockError)) throw error;
  const { code, message, hint = null } = error;
  if (isKind(error, workspaceErrors.LOCKED)) return { event: "waiting", message };
  return { event: "failed", code, message, hint };
}
