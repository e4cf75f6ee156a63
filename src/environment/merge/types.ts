import type { TomlTable } from "../../pyproject/mod.ts";

/** One state of an environment's history: its manifest and the other files of `.cec`. */
export interface Snapshot {
  /** All of `pyproject.toml`. */
  readonly tables: TomlTable;
  /** Something that tells the content, such as git's id, of each further file but the lock, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** The three states that a merge knows. */
export interface MergeSides {
  /** The newest state that both have in common. */
  readonly base: Snapshot;
  /** What the environment is on. */
  readonly ours: Snapshot;
  /** What comes in. */
  readonly theirs: Snapshot;
}

/** Which side counts. */
export type MergeSide = "ours" | "theirs";

/** What is merged as one, by its key. */
export type MergeKind =
  /** A node pack with its dependency group. */
  | "node"
  | "model"
  /** A tracked workflow with its file. */
  | "workflow"
  | "group"
  /** A package among the project's dependencies. */
  | "dependency"
  | "constraint"
  | "override"
  /** The version of ComfyUI. */
  | "comfyui"
  /** The torch backend, package indexes and sources. */
  | "torch"
  /** Any other field of the manifest. */
  | "setting"
  /** Any other file of `.cec`. */
  | "file";

/** Something that both sides may have changed. */
export interface MergeSubject {
  /** Kind and key in one text, such as `node comfyui-manager`. */
  readonly id: string;
  readonly kind: MergeKind;
  /** The id of a node, the name of a package, the path of a file. */
  readonly key: string;
}

/** What comes in. */
export interface MergeChange extends MergeSubject {
  readonly change: "added" | "changed" | "removed";
}

/** A field that the sides have different values in. */
export interface FieldDifference {
  readonly kind: "field" | "file";
  /** Its name in the entry, its path in the manifest, or the path of a file. */
  readonly field: string;
  /** The value, of a file what tells its content; nothing where our side has none. */
  readonly ours: string | null;
  readonly theirs: string | null;
}

/** What both sides have changed, each in its own way. */
export interface MergeConflict extends MergeSubject {
  /** What our side did with it. */
  readonly ours: MergeChange["change"];
  readonly theirs: MergeChange["change"];
  /** Where the sides differ. */
  readonly differences: readonly FieldDifference[];
  /** The side that was chosen; absent while nobody has. */
  readonly chosen?: MergeSide;
}

/** What a merge comes to. */
export interface MergeOutcome {
  /** What the manifest shall hold; ours where nobody has chosen. */
  readonly tables: TomlTable;
  /** The files that become as theirs are; those that theirs does not have go. */
  readonly files: readonly string[];
  /** What becomes other than it is on our side. */
  readonly changes: readonly MergeChange[];
  readonly conflicts: readonly MergeConflict[];
}

/** Which side counts in conflicts: for all, or by the subject's id. */
export type MergeChoice = MergeSide | ReadonlyMap<string, MergeSide>;
