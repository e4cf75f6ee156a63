import type { MappedPackage, MappingEntry } from "./types.ts";

/** Mappings as lookup needs them: in memory, or as the text of a file of which only the needed lines are read. */
export interface MappingIndex {
  /** What error messages call it: the path of the file. */
  readonly name: string;
  /** The time that ages are counted to, RFC 3339 UTC. */
  readonly generatedAt: string;
  /** The entries of a node class by signature. */
  entriesOf(nodeType: string): readonly SignedEntries[];
  /** A package by its id. */
  packageOf(id: string): MappedPackage | undefined;
  /** The packages that claim class names beyond those they list. */
  claims(): readonly Claim[];
}

/** The entries of one key of `mappings`. */
export interface SignedEntries {
  /** 8 hex digits or `_`. */
  readonly signature: string;
  readonly entries: readonly MappingEntry[];
}

/** A package with `preemptions` or a `nodename_pattern`. */
export interface Claim {
  readonly id: string;
  readonly package: MappedPackage;
}

/** Why a package is thought to provide a class, the strongest first. */
export type Evidence = "builtin" | "signature" | "preemption" | "type" | "pattern";

/** A package that provides a class. */
export interface LookupAnswer {
  /** 1 is best. */
  readonly rank: number;
  readonly package_id: string;
  readonly evidence: Evidence;
  /** Versions that provide it, newest first; empty when the versions are not known. */
  readonly versions: readonly string[];
  /** The newest of them that is neither deprecated nor withdrawn. */
  readonly version?: string;
  /** False when the package offers the class in deprecated or withdrawn versions only. */
  readonly live: boolean;
  /** Absent for what ComfyUI makes itself without any package. */
  readonly package?: MappedPackage;
}
