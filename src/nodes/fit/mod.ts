/**
 * Whether the requirements of node packs fit together, and what would help where they do not.
 *
 * @example
 * ```ts
 * import { groupEdits } from "./mod.ts";
 * import { readTorchBackends } from "../../pyproject/mod.ts";
 *
 * const requirements = [{ requirement: "numpy>=1.26", file: "requirements.txt", line: 1 }];
 * const pack = { requirements, constraints: [], indexes: [], findings: [], scripts: [] };
 * const { edits } = groupEdits("example-pack", pack, await readTorchBackends());
 * console.assert(edits.length === 1);
 * ```
 *
 * @module
 */
export { type CheckedConflict, checkFit, type FitCheck } from "./check.ts";
export { type Exclusions, findExclusions } from "./exclusions.ts";
export { type GroupEdits, groupEdits } from "./group_edits.ts";
export { listPulls, type PackagePull, type PulledPackage } from "./pulls.ts";
export { conflictError } from "./refuse.ts";
export { findRemedies, type ListedVersion, type RemedyOptions } from "./remedies.ts";
export { torchFamily } from "./torch.ts";
export { tryFit } from "./try_fit.ts";
export type {
  FitConflict,
  FitOutcome,
  FitPack,
  FitProject,
  FitRemedy,
  FitRequirement,
  FitSide,
  TrialResolver,
} from "./types.ts";
