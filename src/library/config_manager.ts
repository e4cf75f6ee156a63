import type { Credential, CredentialService, Settings, SettingValue } from "../workspace/mod.ts";
import { readWorkspace, type WorkspacePlace } from "./place.ts";

/** A token of a service, as far as it is told. */
export interface ApiKey extends Omit<Credential, "secret"> {
  /** All but its last characters hidden. */
  readonly masked: string;
}

/** The files of settings and tokens. */
export class ConfigManager {
  readonly workspace: WorkspacePlace;

  /** Names the workspace whose settings are meant. */
  constructor(workspace: WorkspacePlace) {
    this.workspace = workspace;
  }

  /** What the workspace's own file says, by keys. */
  async getWorkspaceConfig(): Promise<Settings> {
    return (await readWorkspace(this.workspace)).facts.settings;
  }

  /** Writes a setting of the workspace; `undefined` takes it out. */
  async setWorkspaceConfig(key: string, value: SettingValue | undefined): Promise<void> {
    const { openWorkspaceSettings } = await import("../session/settings/mod.ts");
    const workspace = await readWorkspace(this.workspace);
    await openWorkspaceSettings(this.workspace.session, workspace).write(key, value);
  }

  /** What the user's own file says, by keys. */
  async getUserConfig(): Promise<Settings> {
    const { openUserSettings } = await import("../session/settings/mod.ts");
    return (await openUserSettings(this.workspace.session)).settings;
  }

  /** Writes a setting for all workspaces of the user; `undefined` takes it out. */
  async setUserConfig(key: string, value: SettingValue | undefined): Promise<void> {
    const { openUserSettings } = await import("../session/settings/mod.ts");
    await (await openUserSettings(this.workspace.session)).write(key, value);
  }

  /** The services whose tokens are known, and where from; `readCredentials` of the workspace room gives the tokens. */
  async getApiKeys(): Promise<readonly ApiKey[]> {
    const { findUserConfigDirectory, maskSecret, readCredentials } = await import(
      "../workspace/mod.ts"
    );
    const { env } = this.workspace.session;
    const found = await readCredentials(findUserConfigDirectory(env), env);
    return found.map(({ service, secret, origin }) => ({
      service,
      origin,
      masked: maskSecret(secret),
    }));
  }

  /** Stores a token for the user alone; `undefined` takes it out. */
  async setApiKey(service: CredentialService, key: string | undefined): Promise<void> {
    const { userConfigDirectory, writeCredential } = await import("../workspace/mod.ts");
    await writeCredential(userConfigDirectory(this.workspace.session.env), service, key);
  }
}
