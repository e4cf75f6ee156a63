import { planSync, type WorkflowState } from "../../../workflows/mod.ts";
import type { ToldWorkflow } from "./types.ts";

/** What a watch remembers from one look to the next. */
export interface WatchMemory {
  /** By file: SHA-256 of the content that both sides had last. */
  readonly synced: ReadonlyMap<string, string>;
  /** What was told and still holds. */
  readonly told: ReadonlySet<string>;
}

/** What one look at the workflows comes to. */
export interface WatchRound {
  /** By file: SHA-256 of the content that both sides shall have. */
  readonly sync: ReadonlyMap<string, string>;
  /** What holds now and was not told before. */
  readonly tell: readonly ToldWorkflow[];
  readonly memory: WatchMemory;
}

/** What a watch remembers at its start: workflows that nobody tracks are counted then, not told one by one. */
export function firstMemory(states: readonly WorkflowState[]): WatchMemory {
  const untracked = states.filter(({ tracking }) => tracking === "watched");
  return { synced: new Map(), told: new Set(untracked.map((state) => keyOf(tell(state, "new")))) };
}

/**
 * Decides what a look at the workflows leads to.
 *
 * A deleted copy is not put back, and content that was brought together before is not again: somebody took that back.
 */
export function planRound(states: readonly WorkflowState[], memory: WatchMemory): WatchRound {
  const synced = new Map(memory.synced);
  for (const { file, change, kept, base, tracking } of states) {
    if (tracking === "tracked" && change === "synced" && kept === base) synced.set(file, kept!);
  }
  const sync = new Map<string, string>();
  const holding = states.flatMap((state): readonly ToldWorkflow[] => {
    const { tracking, change, file } = state;
    if (tracking === "watched") return [tell(state, "new")];
    if (change === "conflict" || change === "deleted") return [tell(state, change)];
    const content = change === "edited" ? state.kept : state.copy;
    if (content === undefined || planSync([state], undefined).steps.length === 0) return [];
    if (synced.get(file) === content) return [tell(state, "taken_back")];
    sync.set(file, content);
    return [];
  });
  return {
    sync,
    tell: holding.filter((told) => !memory.told.has(keyOf(told))),
    memory: { synced, told: new Set(holding.map(keyOf)) },
  };
}

function tell({ name, file }: WorkflowState, event: ToldWorkflow["event"]): ToldWorkflow {
  return { event, name, file };
}

function keyOf({ event, file }: ToldWorkflow): string {
  return `${event} ${file}`;
}
