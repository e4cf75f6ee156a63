import type { SyncPlan, SyncStep, SyncStrategy, WorkflowState } from "./types.ts";

/**
 * Decides how the two sides of each tracked workflow come together; neither is lost, and a conflict is nobody's to guess.
 *
 * @param strategies By file, or for all: which side counts where both have changed.
 */
export function planSync(
  states: readonly WorkflowState[],
  strategies: SyncStrategy | ReadonlyMap<string, SyncStrategy> | undefined,
): SyncPlan {
  const steps: SyncStep[] = [];
  const conflicts: WorkflowState[] = [];
  for (const state of states.filter(({ tracking }) => tracking === "tracked")) {
    const strategy = typeof strategies === "string" ? strategies : strategies?.get(state.file);
    if (state.change === "conflict" && strategy === undefined) conflicts.push(state);
    else steps.push(...stepOf(state, strategy));
  }
  return { steps, conflicts };
}

function stepOf(state: WorkflowState, strategy: SyncStrategy | undefined): readonly SyncStep[] {
  const { name, file, change, kept, copy, base } = state;
  const step = (action: SyncStep["action"], gives_up = false, beside = false) => [
    { name, file, action, gives_up, beside },
  ];
  switch (change) {
    case "modified":
      return step("take");
    case "edited":
    case "deleted":
      return step("put");
    case "conflict":
      if (strategy === "both") return step("take", false, true);
      return strategy === "theirs" ? step("take", true) : step("put", true);
    case "lost":
      return copy === undefined ? [] : step("take");
    default:
      return kept === base ? [] : step("record");
  }
}
