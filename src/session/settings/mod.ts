/**
 * What a workspace and a user lay down: files of settings, and which environment is the active one.
 *
 * @example
 * ```ts
 * import { openUserSettings } from "./mod.ts";
 *
 * async function preferCpu(env: Readonly<Record<string, string | undefined>>): Promise<void> {
 *   const file = await openUserSettings({ env });
 *   await file.write("torch_backend", "cpu");
 * }
 * ```
 *
 * @module
 */
export { activateEnvironment } from "./active.ts";
export { initWorkspace } from "./init.ts";
export {
  openUserSettings,
  openWorkspaceSettings,
  type SettingsFile,
  type WrittenLayer,
} from "./files.ts";
