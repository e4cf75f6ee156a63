/** What becomes of `.venv` when its environment moves. */
export type VenvFate =
  /** It moves along, and the few files that name its place are rewritten. */
  | "moved"
  /** It is made anew from the lock, because it cannot be moved. */
  | "rebuilt"
  /** There is none, or nothing to make it from. */
  | "none";

/** What `rename` will do, or did. */
export interface RenamePlan {
  readonly from: string;
  readonly to: string;
  /** Where the environment will be. */
  readonly path: string;
  readonly venv: VenvFate;
  /** Log files that move along. */
  readonly logs: readonly string[];
  /** Whether it stays the active environment under its new name. */
  readonly wasActive: boolean;
}
