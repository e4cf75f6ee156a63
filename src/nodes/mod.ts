/**
 * Node packs: what is known of them, how they are named, where their files come from, and whether they fit together.
 *
 * @example
 * ```ts
 * import { nodeErrors } from "./mod.ts";
 *
 * console.assert(nodeErrors.NODE_PACK_NOT_FOUND.exit === 4);
 * ```
 *
 * @module
 */
export { nodeErrors } from "./errors.ts";
export {
  directoryNameOf,
  findClash,
  foldDirectory,
  type GitFacts,
  hashTree,
  plainDirectory,
  type ReadDirectoriesOptions,
  readGitFacts,
  readNodeDirectories,
} from "./disk/mod.ts";
export { manifestNodeOf, obtainRecorded, targetOfManifest } from "./manifest_nodes.ts";
export { referenceErrors } from "./references/errors.ts";
export { parseNodeReference, type ReferenceOptions } from "./references/parse.ts";
export { resolveReference } from "./references/resolve.ts";
export type {
  ReferenceChoices,
  ReferenceNotice,
  ReferenceWorld,
  ResolvedReference,
} from "./references/types.ts";
export { storeErrors } from "./store/errors.ts";
export { checkoutPack, type PackCommit } from "./store/checkout.ts";
export { obtainNode } from "./store/obtain.ts";
export { placeNode } from "./store/place.ts";
export {
  listTree,
  refuseEscapingLinks,
  type TreeEntry,
  type TreeEntryKind,
  type TreeOptions,
} from "./store/tree_entries.ts";
export {
  type FindResult,
  type NodeIndexOptions,
  openNodeIndex,
  openPublishedIndex,
  withNodeIndex,
  type WorkspaceNodeIndex,
} from "./index/mod.ts";
export {
  chooseVersion,
  type ClassRival,
  createPackageReader,
  describeClasses,
  misfitOf,
  type PackageClasses,
  type PackageFacts,
  type PackageFinding,
  type PackageReader,
  type PackageVersion,
  type PackageWorld,
  type TargetPlatform,
  validatePackage,
  type ValidationWorld,
} from "./packages/mod.ts";
export {
  type CheckedConflict,
  checkFit,
  conflictError,
  type Exclusions,
  findExclusions,
  findRemedies,
  type FitCheck,
  type FitConflict,
  type FitOutcome,
  type FitPack,
  type FitProject,
  type FitRemedy,
  type FitRequirement,
  type FitSide,
  type GroupEdits,
  groupEdits,
  type ListedVersion,
  listPulls,
  type PackagePull,
  type PulledPackage,
  type RemedyOptions,
  torchFamily,
  type TrialResolver,
  tryFit,
} from "./fit/mod.ts";
export {
  listedRequirements,
  type PackRequirementsOptions,
  readPackRequirements,
} from "./requirements/mod.ts";
export type {
  FindOptions,
  FoundPackage,
  NodeDirectory,
  NodeIndex,
  NodeReference,
  NodeTarget,
  NodeWorld,
  ObtainedNode,
  PackRequirement,
  PackRequirements,
  RequirementFinding,
} from "./types.ts";
