import type { TorchBackends } from "../../pyproject/mod.ts";

/** A requirement of a pack, and where the pack says so, as far as it is known. */
export interface FitRequirement {
  /** PEP 508. */
  readonly requirement: string;
  /** Relative to the pack, or `registry`. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** A node pack and what it asks for. */
export interface FitPack {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  /** Absent when it has none. */
  readonly version?: string;
  /** Whether the registry may have other versions of it; by default it may. */
  readonly hasVersions?: boolean;
  /** What its dependency group holds. */
  readonly requirements: readonly FitRequirement[];
}

/** A manifest whose packs shall fit together. */
export interface FitProject {
  /** With the group of every pack. */
  readonly manifestText: string;
  /** The manifest's path, for messages. */
  readonly path: string;
  /** The present lock; its versions are kept where they still fit, those of PyTorch always. */
  readonly lockText?: string;
  /** The packs of the manifest that are enabled. */
  readonly packs: readonly FitPack[];
  readonly torch: TorchBackends;
}

/**
 * Resolves a manifest and touches nothing: `Uv.tryResolution` of tools, or what stands around it.
 *
 * @param manifestText The whole manifest.
 * @param lockText The lock to start from.
 * @returns The text of the lock.
 * @throws `PACKAGE_CONFLICT` and what else uv finds
 */
export type TrialResolver = (manifestText: string, lockText?: string) => Promise<string>;

/** One party that takes part in a conflict. */
export interface FitSide {
  /** Such as `node pack Impact Pack`, `ComfyUI`. */
  readonly title: string;
  /** Id of the node pack; absent for the environment's own requirements. */
  readonly pack?: string;
  /** What it comes to, such as `idna<3`. */
  readonly requirement: string;
  /** The packages on the way from what the party asks for to the one that asks for `requirement`. */
  readonly via: readonly string[];
  /** The line that is at the beginning, as the party wrote it. */
  readonly asked?: string;
  /** Where it stands: relative to the pack, or `registry`. */
  readonly file?: string;
  readonly line?: number;
}

/** Why requirements do not fit together. */
export interface FitConflict {
  /** Code of the error, such as `PACKAGE_CONFLICT`, `PACKAGE_NOT_FOUND`, `NODE_MOVES_TORCH`. */
  readonly code: string;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly sides: readonly FitSide[];
  /** The ids of the node packs that cannot be together; one alone does not fit the environment. */
  readonly packs: readonly string[];
}

/** What a trial came to. */
export type FitOutcome =
  | { readonly fits: true; readonly lockText: string }
  | { readonly fits: false; readonly conflict: FitConflict };

/** Something that would help, ready to be typed. */
export interface FitRemedy {
  readonly command: string;
  /** Such as `Impact Pack 7.1 wants numpy<3`. */
  readonly effect: string;
}
