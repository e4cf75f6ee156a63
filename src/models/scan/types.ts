import type { Clock, Reporter } from "../../base/mod.ts";
import type { Checkpoints } from "../../workspace/mod.ts";
import type { FilePlace } from "../index/mod.ts";
import type { ModelProblem } from "../types.ts";

/** A directory that is searched for models. */
export interface ScanRoot {
  /** Absolute, without links; the index names locations from here. */
  readonly directory: string;
  /** The part of it that is searched, with forward slashes; empty for all of it. */
  readonly below: string;
  /** ComfyUI's folder that the directory itself is; absent for one that holds such folders. */
  readonly folder?: string;
  /** Directories in it that are ComfyUI's folders by an `extra_model_paths.yaml`, the deepest first. */
  readonly inner: readonly { readonly directory: string; readonly folder: string }[];
}

/** A file as it was found, before anything of it was read. */
export interface FoundFile extends FilePlace {
  /** Absolute, as it was reached. */
  readonly path: string;
}

/** What a walk through one root came by. */
export interface FoundFiles {
  readonly root: ScanRoot;
  readonly files: readonly FoundFile[];
  /** Paths below the root that could not be looked at; what the index knows of them stays. */
  readonly blind: readonly string[];
  /** What is told, and makes the scan a failure. */
  readonly problems: readonly ModelProblem[];
  /** What is told. */
  readonly warnings: readonly ModelProblem[];
}

/** How a scan is done. */
export interface ScanOptions {
  /** Whether directories in the roots are searched too; default yes. */
  readonly recursive?: boolean;
  /** Whether SHA-256 is computed, also for files that are known without it. */
  readonly sha256?: boolean;
  readonly report: Reporter;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Tests end the process there. */
  readonly checkpoints?: Checkpoints;
}

/** A pickle that would import something that is not known as harmless. */
export interface UnsafeModel {
  readonly path: string;
  readonly globals: readonly string[];
}

/** What a scan found and did. */
export interface ScanReport {
  readonly roots: readonly string[];
  /** Model files that are there and in the index. */
  readonly files: number;
  /** In bytes; files with several names count for each. */
  readonly bytes: number;
  readonly added: number;
  readonly changed: number;
  /** Known by their inode under another name, so that they were not read. */
  readonly moved: number;
  readonly unchanged: number;
  /** Locations that are forgotten, those of moved files among them. */
  readonly removed: number;
  readonly hashedBytes: number;
  /** Among the files that were read. */
  readonly unsafe: readonly UnsafeModel[];
  /** Unsafe files in the directories that were searched, those that were read before among them. */
  readonly unsafeFiles: number;
  readonly problems: readonly ModelProblem[];
  readonly warnings: readonly ModelProblem[];
}
