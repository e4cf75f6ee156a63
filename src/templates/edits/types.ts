import type { FileChange } from "../changes/mod.ts";

/** A file that gets another place; both below the root. */
export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/** Everything that an edit of templates changes. */
export interface EditPlan {
  /** The templates that it is about, as they are called afterwards. */
  readonly templates: readonly string[];
  readonly moved: readonly FileMove[];
  /** Moved files are among them, once as gone and once as new. */
  readonly changes: readonly FileChange[];
  /** What people should know or still have to do. */
  readonly notes: readonly string[];
}
