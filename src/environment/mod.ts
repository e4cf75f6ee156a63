/**
 * One environment: plan and apply for its manifest, lock, packages, ComfyUI and history.
 *
 * @example
 * ```ts
 * import { type EnvironmentWorld, readEnvironmentState } from "./mod.ts";
 *
 * async function countNodes(world: EnvironmentWorld): Promise<number> {
 *   const { manifest } = await readEnvironmentState(world);
 *   return Object.keys(manifest.nodes).length;
 * }
 * ```
 *
 * @module
 */
export { changeEnvironment, type EnvironmentChange, journalRequest } from "./change.ts";
export { environmentErrors } from "./errors.ts";
export { environmentHandlers, type HandlerWorld } from "./handlers.ts";
export {
  applyManifest,
  editEnvironment,
  groupOwners,
  isInSync,
  lockEnvironment,
  type ManifestChange,
  type ManifestEditReport,
  type ManifestEditRequest,
  type ManifestPlan,
  type ManifestReport,
  readComfyUIRequirements,
  type ResolutionRequest,
  resolveManifest,
  resolveNow,
  syncEnvironment,
  type SyncOptions,
} from "./manifest_change/mod.ts";
export {
  type EarlierFacts,
  follow,
  type Followed,
  type Follower,
  type FollowFacts,
  type FollowPart,
  type FollowStep,
  hasFollowed,
  planFollowing,
  readEarlier,
} from "./followers/mod.ts";
export { COMFYUI_NOTE, GIT_HEAD_NOTE, VENV_NOTE } from "./notes.ts";
export { hasRepository, readEnvironmentState } from "./state.ts";
export type { EnvironmentState, EnvironmentWorld, UvUse } from "./types.ts";
export { openEnvironmentWorld, type WorldOptions } from "./world.ts";
export {
  diffLocks,
  isVenvCurrent,
  type LockChange,
  type LockPackages,
  type PackageVersions,
  readInstalled,
  readLockPackages,
  syncVenv,
  venvPython,
} from "./venv/mod.ts";
export { type ComfyUITarget, moveComfyUI } from "./comfyui/move.ts";
export { linkModels, type LinkOptions, type ModelsLink } from "./comfyui/models_link.ts";
export { comfyuiWorld } from "./comfyui/world.ts";
export {
  applyCreate,
  applyRestore,
  type CreateFacts,
  type CreatePlan,
  type CreateReport,
  type CreateRequest,
  planCreate,
  type RestoredHistory,
  type RestoredNode,
  type RestoredPackages,
  type RestoredWheel,
  type RestoredWheels,
  type RestorePlan,
  type RestoreReport,
} from "./create/mod.ts";
export {
  type DetachedOptions,
  type DetachedRun,
  endedError,
  type EndedRun,
  exitOf,
  followLog,
  type FollowOptions,
  type ForegroundOptions,
  type LogPlace,
  type LogTail,
  prepareRun,
  readLastLines,
  readRunState,
  runDetached,
  type RunEnd,
  runErrors,
  type RunPlan,
  type RunRecord,
  type RunRequest,
  runShown,
  type RunState,
  type RunStateWorld,
  type ShownRun,
  type StopResult,
  stopRun,
} from "./run/mod.ts";
export {
  diffManifests,
  type EntryChange,
  type EnvironmentDiff,
  type FieldChange,
  type ManifestDiff,
  readDiff,
  type RequirementChange,
  resolveRevision,
} from "./diff/mod.ts";
export {
  type BroughtAlong,
  commitChanges,
  commitEnvironment,
  type FileStep,
  newestUndoScope,
  noteHead,
  planEnvironmentUndo,
  planRollback,
  requireHistory,
  rollbackEnvironment,
  type RollbackPlan,
  type RollbackReport,
  type SavedCommit,
  uncommitted,
  undoEnvironment,
} from "./history/mod.ts";
export {
  type Difference,
  type DifferenceKind,
  type EnvironmentStatus,
  type Inspector,
  isJournalOpen,
  readStatus,
  type StatusFacts,
} from "./status/mod.ts";
export {
  type DeclaredRequirement,
  type ListedPackage,
  listPackages,
  type PackageFacts,
  type PackageOwner,
  planRequirements,
  readPackageFacts,
  readRequirementFile,
  requiredPackage,
  type RequirementPlace,
  type RequirementPlan,
  type RequirementRequest,
  requirementsIn,
} from "./packages/mod.ts";
export {
  planTorch,
  type TorchChoice,
  torchChoice,
  type TorchPlan,
  type TorchRequest,
} from "./torch/mod.ts";
export {
  applyClone,
  type ClonePlan,
  type CloneReport,
  type CloneRequest,
  planClone,
} from "./clone/mod.ts";
export {
  applyDelete,
  type DeletePlan,
  type EnvironmentSurvey,
  type KeptPath,
  type KeptReason,
  planDelete,
  surveyEnvironment,
} from "./delete/mod.ts";
export { applyRename, planRename, type RenamePlan, type VenvFate } from "./rename/mod.ts";
export {
  defaultTarget,
  planUpdate,
  type RecordedComfyUI,
  updateEnvironment,
  type UpdateFacts,
  type UpdatePlan,
  type UpdateReport,
  type UpdateRequest,
} from "./update/mod.ts";
export {
  type Address,
  applyFixes,
  type CheckName,
  diagnose,
  type DoctorWorld,
  type Finding,
  type Fix,
  type FixOutcome,
  type Severity,
} from "./doctor/mod.ts";
export {
  type FindingOutcome,
  repairEnvironment,
  type RepairFinding,
  type RepairPart,
  type RepairReport,
} from "./repair/mod.ts";
export {
  type ImportReport,
  type ImportRequest,
  importWorkflow,
  readNodeKnowledge,
  readResolution,
  readWorkflowStates,
  recordedUrl,
  type ResolveAnswers,
  type ResolveReport,
  type ResolveRequest,
  resolveWorkflow,
  surveyWorkflows,
  syncWorkflows,
  type ToldWorkflow,
  type TrackReport,
  type TrackRequest,
  trackWorkflows,
  untrackWorkflows,
  type WatchEvent,
  type WatchOptions,
  watchWorkflows,
  workflowChangeErrors,
  type WorkflowResolution,
  type WorkflowSyncReport,
  type WorkflowSyncRequest,
} from "./workflows/mod.ts";
