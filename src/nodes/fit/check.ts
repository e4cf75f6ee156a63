import { findExclusions, withOnly } from "./exclusions.ts";
import { listPulls, type PulledPackage } from "./pulls.ts";
import { findRemedies, type RemedyOptions } from "./remedies.ts";
import type { FitConflict, FitProject, FitRemedy, TrialResolver } from "./types.ts";

/** A conflict, and what would help. */
export interface CheckedConflict extends FitConflict {
  readonly remedies: readonly FitRemedy[];
}

/** How a set of packs fits together. */
export interface FitCheck {
  readonly fits: boolean;
  readonly conflicts: readonly CheckedConflict[];
  /** The packages of those packs that fit together, and who pulls them. */
  readonly packages: readonly PulledPackage[];
  /** Ids of the packs that fit together. */
  readonly fitting: readonly string[];
  /** Their lock; absent when the environment itself does not resolve. */
  readonly lockText?: string;
}

/**
 * Explains how the packs of a project fit together: which pulls which version, which exclude each other, what helps.
 *
 * @param project The installed packs first, then the candidates.
 * @throws what {@linkcode tryFit} throws
 */
export async function checkFit(
  project: FitProject,
  resolve: TrialResolver,
  options: RemedyOptions,
): Promise<FitCheck> {
  const { conflicts, fitting, seen, lockText } = await findExclusions(project, resolve);
  // A part of what fits fits, and nothing fits that has rivals in it.
  const known = (ids: readonly string[]): boolean | undefined => {
    if (seen.some((choice) => ids.every((id) => choice.has(id)))) return true;
    return conflicts.some(({ packs }) => packs.every((id) => ids.includes(id))) ? false : undefined;
  };
  const checked: CheckedConflict[] = [];
  for (const conflict of conflicts) {
    // What else does not fit must not stand in the way of what helps here.
    const involved = project.packs.filter(({ id }) =>
      fitting.includes(id) || conflict.packs.includes(id)
    );
    const part = { ...withOnly(project, involved), lockText: project.lockText ?? lockText };
    const remedies = await findRemedies(part, conflict, resolve, { ...options, known });
    checked.push({ ...conflict, remedies });
  }
  const kept = new Set(fitting);
  const packs = project.packs.filter(({ id }) => kept.has(id));
  return {
    fits: conflicts.length === 0,
    conflicts: checked,
    packages: lockText === undefined ? [] : listPulls(lockText, packs),
    fitting,
    lockText,
  };
}
