import {
  changeSetting,
  readUserConfig,
  type Settings,
  type SettingValue,
  userConfigDirectory,
  userConfigFile,
  withLock,
  type Workspace,
  WORKSPACE_LOCK,
  writeUserSetting,
} from "../../workspace/mod.ts";
import type { Session } from "../types.ts";
import { lockSettings, readConfig } from "../workspace/mod.ts";
import { settingsRequest } from "./request.ts";

/** The files that settings are written to. */
export type WrittenLayer = "user" | "workspace";

/** A file of settings and what it says. */
export interface SettingsFile {
  readonly layer: WrittenLayer;
  readonly path: string;
  readonly settings: Settings;
  /** Writes one setting, or takes it out. */
  write(key: string, value: SettingValue | undefined): Promise<void>;
}

/**
 * Opens the user's own settings.
 *
 * @throws `CONFIG_NEWER`, `DATA_INVALID`
 */
export async function openUserSettings({ env }: Pick<Session, "env">): Promise<SettingsFile> {
  const directory = userConfigDirectory(env);
  return {
    layer: "user",
    path: userConfigFile(directory),
    settings: await readUserConfig(directory),
    write: (key, value) => writeUserSetting(directory, key, value),
  };
}

/** Opens the settings of a workspace; each is written under its lock, and `undo` takes it back. */
export function openWorkspaceSettings(
  session: Session,
  { layout, facts }: Workspace,
): SettingsFile {
  return {
    layer: "workspace",
    path: layout.workspaceFile,
    settings: facts.settings,
    async write(key, value) {
      const command = value === undefined ? "config unset" : "config set";
      const locking = lockSettings(session, await readConfig(session), command);
      await withLock(layout, WORKSPACE_LOCK, locking, async (lock) => {
        await changeSetting(settingsRequest(session, layout, { lock, command }), key, value);
      });
    },
  };
}
