/** What people say of a test. */
export type BisectAnswer = "good" | "bad" | "skip";

/** A search for the node pack that is to blame; all its packs were enabled when it began. */
export interface BisectState {
  /** Ids of all packs that it began with, sorted. */
  readonly packs: readonly string[];
  /** Those of them that may still be to blame. */
  readonly suspects: readonly string[];
  /** Those that are kept from being loaded just now. */
  readonly held: readonly string[];
  /** Whether a test has gone well, which proves that some pack is to blame. */
  readonly proven: boolean;
  /** How often the same suspects have been divided in another way. */
  readonly skips: number;
  /** What was tested so far, oldest first. */
  readonly answers: readonly {
    readonly held: readonly string[];
    readonly answer: BisectAnswer;
  }[];
}

/** What comes next. */
export type BisectStep =
  /** The environment shall be tested with these packs held back. */
  | { readonly kind: "test"; readonly state: BisectState }
  | { readonly kind: "culprit"; readonly id: string; readonly state: BisectState }
  /** It goes wrong whichever pack is held back. */
  | { readonly kind: "none"; readonly state: BisectState }
  /** Too much was skipped. */
  | { readonly kind: "undecided"; readonly state: BisectState };
