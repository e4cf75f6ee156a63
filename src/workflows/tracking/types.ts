/** What is known of one workflow: its digests are SHA-256 in hex. */
export interface WorkflowFacts {
  /** What people call it: its path below ComfyUI's `workflows`, without `.json`. */
  readonly name: string;
  /** Path below `.cec`, with forward slashes. */
  readonly file: string;
  readonly tracked: boolean;
  /** Whether `.comfydockignore` names it. */
  readonly ignored: boolean;
  /** The version that both sides had last. */
  readonly base?: string;
  /** What `.cec` has. */
  readonly kept?: string;
  /** What ComfyUI has. */
  readonly copy?: string;
}

/** Whether comfydock looks after a workflow. */
export type Tracking = "tracked" | "watched" | "ignored";

/** How the two sides of a workflow stand to each other. */
export type WorkflowChange =
  | "synced"
  /** ComfyUI has a workflow that nobody tracks. */
  | "new"
  /** Only ComfyUI's copy has changed. */
  | "modified"
  /** Only the version in `.cec` has changed. */
  | "edited"
  /** Both have changed, each in its own way. */
  | "conflict"
  /** ComfyUI has none any more. */
  | "deleted"
  /** `.cec` has none any more. */
  | "lost";

/** A workflow, judged. */
export interface WorkflowState extends WorkflowFacts {
  readonly tracking: Tracking;
  readonly change: WorkflowChange;
}

/** Which side counts in a conflict: `ours` is `.cec`, `theirs` ComfyUI's folder; with `both`, ours stays beside theirs. */
export type SyncStrategy = "ours" | "theirs" | "both";

/** What is done for one workflow. */
export interface SyncStep {
  readonly name: string;
  readonly file: string;
  /** `take` brings ComfyUI's copy into `.cec`, `put` the other way; `record` only notes what both have. */
  readonly action: "take" | "put" | "record";
  /** Whether a version is given up for another one, and goes to the trash. */
  readonly gives_up: boolean;
  /** Whether the version of `.cec` that makes room stays in ComfyUI's folder, under another name. */
  readonly beside: boolean;
}

/** What a sync does, and what it leaves for people to decide. */
export interface SyncPlan {
  readonly steps: readonly SyncStep[];
  readonly conflicts: readonly WorkflowState[];
}
