import type { WorkflowChange, WorkflowFacts, WorkflowState } from "./types.ts";

/** Judges a workflow by its two sides and the version that both had last. */
export function judgeWorkflow(facts: WorkflowFacts): WorkflowState {
  const tracking = facts.tracked ? "tracked" : facts.ignored ? "ignored" : "watched";
  return { ...facts, tracking, change: facts.tracked ? changeOf(facts) : "new" };
}

function changeOf({ base, kept, copy }: WorkflowFacts): WorkflowChange {
  if (copy === undefined) return kept === undefined ? "lost" : "deleted";
  if (kept === undefined) return "lost";
  if (kept === copy) return "synced";
  if (kept === base) return "modified";
  return copy === base ? "edited" : "conflict";
}
