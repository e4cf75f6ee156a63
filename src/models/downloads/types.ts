import type { ComfydockError, Reporter } from "../../base/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import type { CivitaiChoice, SourceWorld } from "../sources/mod.ts";

/** A model that shall be in its place. */
export interface WantedModel {
  /** Of the manifest; tells the models of one call apart. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** Absolute path of the file. */
  readonly target: string;
  /** In bytes. */
  readonly size?: number;
  /** Digests that must hold, in hex by algorithm: `blake3`, `sha256`. */
  readonly digests: Readonly<Record<string, string>>;
  /** Tried in order. */
  readonly sources: readonly WantedSource[];
}

/** A place that a model can be had from. */
export interface WantedSource {
  readonly source: ModelSource;
  /** Which of a CivitAI version's files is meant, when no digest says it. */
  readonly choice?: CivitaiChoice;
}

/** What models are fetched with. */
export interface DownloadWorld {
  readonly sources: SourceWorld;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  /** Absolute path that all targets must lie below. */
  readonly directory: string;
  /** How many are fetched at once; default 3. */
  readonly concurrency?: number;
  /** The largest file accepted, in bytes; default 1 TiB. */
  readonly maxBytes?: number;
  /** Paths of files that are known to have one of these digests, such as from the index. */
  findSame?(digests: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

/** A source that did not give the right file, and why. */
export interface FailedSource {
  readonly source: ModelSource;
  readonly error: ComfydockError;
}

/** A model that is in its place. */
export interface PlacedOutcome {
  readonly kind: "present" | "linked" | "copied" | "fetched";
  readonly key: string;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hex by algorithm, as far as they were computed or known. */
  readonly digests: Readonly<Record<string, string>>;
  /** Where it was fetched from, pinned to what was found. */
  readonly source?: ModelSource;
  /** The file that it is linked to or copied from. */
  readonly same?: string;
  /** Bytes that an earlier run had left. */
  readonly resumedFrom?: number;
  /** Sources before that one. */
  readonly failed: readonly FailedSource[];
}

/** A model that no source gave. */
export interface FailedOutcome {
  readonly kind: "failed";
  readonly key: string;
  readonly error: ComfydockError;
  readonly failed: readonly FailedSource[];
}

/** What became of a wanted model. */
export type ModelOutcome = PlacedOutcome | FailedOutcome;
