/**
 * The workspace: its layout, environments' names, configuration, locks, journal, trash and cache.
 *
 * @example
 * ```ts
 * import { applyInit, listEnvironments, openWorkspace, planInit } from "./mod.ts";
 *
 * await applyInit(await planInit({ path: "workspace", now: new Date().toISOString() }));
 * const { layout } = await openWorkspace("workspace");
 * console.assert((await listEnvironments(layout)).length === 0);
 * ```
 *
 * @module
 */
export {
  changeSetting,
  chooseActive,
  SETTING_NOTE,
  settingHandler,
  type SettingsRequest,
} from "./settings_change.ts";
export { ACTIVE_NOTE, activeHandler } from "./active_note.ts";
export {
  applyCachePlan,
  type BucketSize,
  CACHE_LOCK,
  type CacheBucket,
  cacheBuckets,
  type CachePlan,
  type CacheRemoval,
  findBuckets,
  measureBuckets,
  planClean,
  planPrune,
  type PruneOptions,
} from "./cache/mod.ts";
export {
  checkSetting,
  type ConfigEntry,
  type ConfigLayers,
  configValue,
  type Credential,
  credentialOfKey,
  type CredentialService,
  credentialServices,
  credentialsFile,
  findSetting,
  findUserConfigDirectory,
  type Layer,
  maskSecret,
  parseCredential,
  parseSetting,
  readCredentials,
  readUserConfig,
  resolveConfig,
  type SettingDefinition,
  settingDefinitions,
  type Settings,
  userConfigDirectory,
  userConfigFile,
  withSetting,
  writeCredential,
  writeUserSetting,
} from "./config/mod.ts";
export {
  copyTree,
  type CopyTreeOptions,
  freeSpace,
  type LinkChange,
  linkDirectory,
  lookAt,
  measureTrees,
  onSameDevice,
  removeTree,
  type TreeSize,
} from "./disk/mod.ts";
export { workspaceErrors } from "./errors.ts";
export { applyInit, type InitPlan, type InitRequest, planInit } from "./init.ts";
export {
  applyUndo,
  change,
  type ChangeOptions,
  type ChangeRequest,
  type Checkpoints,
  checkpointsFromEnvironment,
  type CommandChain,
  environmentOfScope,
  forgetPending,
  forgetUndo,
  type InterruptedCommand,
  isUndisturbed,
  type JournalContext,
  type Keep,
  listInterrupted,
  listUndoScopes,
  noCheckpoints,
  type NoteHandler,
  type NoteHandlers,
  type NoteRecord,
  type PendingNote,
  planUndo,
  recover,
  type RecoveredTransaction,
  type RecoveryReport,
  refusePending,
  SETTINGS_SCOPE,
  takeBackSince,
  transact,
  type Transaction,
  type TransactionRequest,
  undoLast,
  type UndoPlan,
  type UndoStep,
  WORKSPACE_SCOPE,
} from "./journal/mod.ts";
export {
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "./layout.ts";
export {
  acquireLock,
  environmentLock,
  type HeldLock,
  type LockMode,
  type LockOptions,
  type LockOwner,
  withLock,
  withLocks,
  WORKSPACE_LOCK,
} from "./locks/mod.ts";
export { checkEnvironmentName, checkNewEnvironmentName, foldName } from "./names.ts";
export {
  findEnvironment,
  listEnvironments,
  openWorkspace,
  updateWorkspace,
  withActive,
  type Workspace,
} from "./open.ts";
export {
  emptyTrash,
  findTrash,
  listTrash,
  moveToTrash,
  planEmptyTrash,
  restoreFromTrash,
  type TrashEntry,
  type TrashReason,
} from "./trash/mod.ts";
export {
  readWorkspaceFile,
  type SettingValue,
  type WorkspaceFacts,
  workspaceText,
} from "./workspace_file.ts";
