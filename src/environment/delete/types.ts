/** Why something of an environment that goes is kept in the trash. */
export type KeptReason =
  /** `.cec`: manifest, lock, workflows, history. */
  | "history"
  /** A user, ComfyUI or a node pack made it. */
  | "made"
  /** It differs from what could be fetched again, or nothing says where that would be. */
  | "local";

/** Something that goes to the trash. */
export interface KeptPath {
  /** Below the environment, with forward slashes. */
  readonly path: string;
  readonly reason: KeptReason;
  readonly files: number;
  /** What the file system gave it. */
  readonly bytes: number;
}

/** What an environment holds that could not be had again. */
export interface EnvironmentSurvey {
  readonly kept: readonly KeptPath[];
  /** Its log files. */
  readonly logs: readonly string[];
}

/** What `delete` will do. */
export interface DeletePlan {
  readonly name: string;
  readonly path: string;
  /** Whether everything is deleted for good. */
  readonly purge: boolean;
  /** What goes to the trash; nothing with `purge`. */
  readonly kept: readonly KeptPath[];
  /** Log files that go. */
  readonly logs: readonly string[];
  /** Whether the workspace has no active environment afterwards. */
  readonly wasActive: boolean;
}
