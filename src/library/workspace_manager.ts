import type { CreateWishes } from "../session/creation/mod.ts";
import type { Session } from "../session/mod.ts";
import type { ConfigEntry, SettingValue, Workspace } from "../workspace/mod.ts";
import { Environment } from "./environment.ts";
import { type LibraryOptions, placeAt, readWorkspace, type WorkspacePlace } from "./place.ts";

/** What a new workspace shall be. */
export interface WorkspaceOptions extends LibraryOptions {
  /** An existing directory with models; by default the workspace's own. */
  readonly modelsDir?: string;
  /** Settings of the workspace, by their keys. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
}

/** How an environment is deleted. */
export interface DeleteOptions {
  /** Whether nothing of it is kept in the trash; default no. */
  readonly purge?: boolean;
}

/** The environments of a workspace, and what they share. */
export class WorkspaceManager implements WorkspacePlace {
  /** Absolute. */
  readonly path: string;
  readonly session: Session;

  private constructor({ path, session }: WorkspacePlace) {
    this.path = path;
    this.session = session;
  }

  /** Makes a workspace, or adds what is missing in one, as `comfydock init` does. */
  static async create(path: string, options: WorkspaceOptions = {}): Promise<WorkspaceManager> {
    const place = placeAt(path, options);
    const { modelsDir, settings } = options;
    const now = new Date(place.session.clock.now()).toISOString();
    const request = { path: place.path, modelsDir, settings, now };
    const { planInit } = await import("../workspace/mod.ts");
    const { initWorkspace } = await import("../session/settings/mod.ts");
    await initWorkspace(place.session, await planInit(request), request);
    return new WorkspaceManager(place);
  }

  /** Opens a workspace that exists; throws `WORKSPACE_NOT_FOUND` where there is none. */
  static async open(path: string, options: LibraryOptions = {}): Promise<WorkspaceManager> {
    const place = placeAt(path, options);
    await readWorkspace(place);
    return new WorkspaceManager(place);
  }

  /** Its layout and what it says of itself now: what functions of the rooms take. */
  async read(): Promise<Workspace> {
    return await readWorkspace(this);
  }

  /** Makes an environment with ComfyUI, Python, PyTorch and a history of its own. */
  async createEnvironment(name: string, wishes: CreateWishes = {}): Promise<Environment> {
    return await Environment.createIn(this, name, wishes);
  }

  /** Deletes an environment; what could not be had again goes to the trash. */
  async deleteEnvironment(name: string, { purge = false }: DeleteOptions = {}): Promise<void> {
    const { applyDelete } = await import("../environment/delete/mod.ts");
    const { world } = await (await this.getEnvironment(name)).open();
    await applyDelete(world, { purge });
  }

  /** The environment of a name; throws `ENVIRONMENT_NOT_FOUND` where there is none. */
  async getEnvironment(name: string): Promise<Environment> {
    const { findEnvironment } = await import("../workspace/reading/mod.ts");
    return new Environment(this, (await findEnvironment(await this.read(), name)).name);
  }

  /** All environments, sorted by name. */
  async listEnvironments(): Promise<readonly Environment[]> {
    const { listEnvironments } = await import("../workspace/reading/mod.ts");
    const names = await listEnvironments((await this.read()).layout);
    return names.map((name) => new Environment(this, name));
  }

  /** Makes an environment the active one, which commands without `--env` work on. */
  async setActiveEnvironment(name: string): Promise<void> {
    const { activateEnvironment } = await import("../session/settings/mod.ts");
    const environment = await this.getEnvironment(name);
    await activateEnvironment(this.session, await this.read(), environment.name);
  }

  /** The active environment, where there is one. */
  async getActiveEnvironment(): Promise<Environment | undefined> {
    const { facts: { activeEnvironment } } = await this.read();
    return activeEnvironment === undefined
      ? undefined
      : await this.getEnvironment(activeEnvironment);
  }

  /** The settings as they hold here, and which layer each comes from. */
  async getConfig(): Promise<readonly ConfigEntry[]> {
    const { readConfig, shippedDefaults } = await import("../session/workspace/mod.ts");
    const defaults = await shippedDefaults();
    return await readConfig(this.session, await this.read(), { defaults });
  }

  /** Writes settings of the workspace; `undefined` takes one out. */
  async updateConfig(config: Readonly<Record<string, SettingValue | undefined>>): Promise<void> {
    const { openWorkspaceSettings } = await import("../session/settings/mod.ts");
    const file = openWorkspaceSettings(this.session, await this.read());
    for (const [key, value] of Object.entries(config)) await file.write(key, value);
  }
}
