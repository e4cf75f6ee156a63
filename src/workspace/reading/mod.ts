/**
 * Opening a workspace and reading its settings, without anything that changes it: commands that only ask start sooner.
 *
 * @example
 * ```ts
 * import { findEnvironment, openWorkspace } from "./mod.ts";
 *
 * const workspace = await openWorkspace("comfy");
 * const { manifest } = await findEnvironment(workspace, "portraits");
 * ```
 *
 * @module
 */
export {
  type ConfigEntry,
  type ConfigLayers,
  configValue,
  findUserConfigDirectory,
  readUserConfig,
  resolveConfig,
  userConfigFile,
} from "../config/mod.ts";
export { workspaceErrors } from "../errors.ts";
export {
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "../layout.ts";
export { type LockOwner } from "../locks/mod.ts";
export { findEnvironment, listEnvironments, openWorkspace, type Workspace } from "../open.ts";
