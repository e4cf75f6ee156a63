import type { SyncStep } from "../../../workflows/mod.ts";

/** Something that a watch tells. */
export type WatchEvent =
  | {
    readonly event: "watching";
    /** How changes are noticed: told by the system, or looked for. */
    readonly by: "events" | "polling";
    /** How many workflows are kept in step. */
    readonly tracked: number;
    /** How many ComfyUI shows that nobody tracks or ignores. */
    readonly untracked: number;
  }
  | {
    readonly event: "synced";
    readonly steps: readonly SyncStep[];
    readonly commit: string | null;
  }
  | ToldWorkflow
  | {
    /** Another comfydock is at work; what has changed is looked at when it is done. */
    readonly event: "waiting";
    readonly message: string;
  }
  | {
    /** A look failed; the next change, or a while, brings another one. */
    readonly event: "failed";
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
  };

/** A workflow that people should know of, and that stays as it is. */
export interface ToldWorkflow {
  /**
   * `new`: nobody tracks it; `conflict`: changed on both sides; `deleted` in ComfyUI; `taken_back`: a sync of it was
   * undone, so it is left until it changes again.
   */
  readonly event: "new" | "conflict" | "deleted" | "taken_back";
  /** What people call it. */
  readonly name: string;
  /** Path below `.cec`, with forward slashes. */
  readonly file: string;
}

/** How workflows are watched. */
export interface WatchOptions {
  /** Whether each sync is committed; by default the manifest and `.cec` only follow. */
  readonly commit?: boolean;
  /** Looks for changes instead of following file events, as network drives need it. */
  readonly poll?: boolean;
  /** Asked every few seconds; true ends the watch. */
  readonly isOver?: () => Promise<boolean>;
}
