import type { EnvironmentDiff } from "../environment/diff/mod.ts";
import type { RollbackReport, SavedCommit } from "../environment/history/mod.ts";
import type { ManifestReport } from "../environment/manifest_change/mod.ts";
import type { RepairReport } from "../environment/repair/mod.ts";
import type { ShownRun } from "../environment/run/mod.ts";
import type { Difference, EnvironmentStatus, Judgement } from "../environment/status/mod.ts";
import type { UpdateReport } from "../environment/update/mod.ts";
import type { CreateWishes } from "../session/creation/mod.ts";
import { EnvironmentContents } from "./environment_contents.ts";
import { type LibraryOptions, placeAt, readWorkspace, type WorkspacePlace } from "./place.ts";
import { PyprojectManager } from "./pyproject_manager.ts";

/** How ComfyUI is run. */
export interface RunComfyUIOptions {
  /** `auto`, or a number; default 8188 or what stands in the arguments. */
  readonly port?: number | "auto";
  /** Whether what differs from the lock is installed first; default yes. */
  readonly sync?: boolean;
}

/** One environment of a workspace; each change of it is whole or taken back. */
export class Environment extends EnvironmentContents {
  /** Makes an environment in a workspace that exists; its directory follows from its name. */
  static async create(
    name: string,
    workspacePath: string,
    wishes: CreateWishes & LibraryOptions = {},
  ): Promise<Environment> {
    return await Environment.createIn(placeAt(workspacePath, wishes), name, wishes);
  }

  /** Makes an environment in an opened workspace. */
  static async createIn(
    workspace: WorkspacePlace,
    name: string,
    wishes: CreateWishes = {},
  ): Promise<Environment> {
    const { prepareCreate } = await import("../session/creation/mod.ts");
    const { applyCreate } = await import("../environment/create/mod.ts");
    const opened = await readWorkspace(workspace);
    const { place, plan } = await prepareCreate(workspace.session, opened, name, wishes);
    await applyCreate(place.world, plan);
    return new Environment(workspace, plan.name);
  }

  /** What it is, and how that differs from what it should be. */
  async status(): Promise<EnvironmentStatus> {
    const { readStatus } = await import("../environment/status/mod.ts");
    return await readStatus((await this.open()).world);
  }

  /** Brings lock, `.venv`, nodes and workflows to what the manifest says. */
  sync(options?: { readonly dryRun?: false }): Promise<ManifestReport>;
  /** Tells what it would settle; nothing is changed. */
  sync(options: { readonly dryRun: true }): Promise<readonly Difference[]>;
  async sync(
    { dryRun = false }: { readonly dryRun?: boolean } = {},
  ): Promise<ManifestReport | readonly Difference[]> {
    if (dryRun) {
      const { settledBySync } = await import("../environment/status/mod.ts");
      return settledBySync((await this.status()).differences);
    }
    const { syncEnvironment } = await import("../environment/manifest_change/mod.ts");
    return await syncEnvironment((await this.open()).world);
  }

  /** Commits the changes of its manifest, lock and workflows. */
  async commit(message: string): Promise<SavedCommit> {
    const { commitEnvironment } = await import("../environment/history/mod.ts");
    return await commitEnvironment((await this.open()).world, message);
  }

  /** Returns to a revision, by a new commit; without one, gives uncommitted changes up. */
  async rollback(commit?: string): Promise<RollbackReport> {
    const { rollbackEnvironment } = await import("../environment/history/mod.ts");
    return await rollbackEnvironment((await this.open()).world, commit);
  }

  /** Runs ComfyUI on the streams of this process until it ends. */
  async run(args: readonly string[] = [], options: RunComfyUIOptions = {}): Promise<ShownRun> {
    const { prepareRun, runShown } = await import("../environment/run/mod.ts");
    const { port, sync = true } = options;
    const { world } = await this.open();
    return await runShown(world, await prepareRun(world, { mode: "foreground", port, args, sync }));
  }

  /** Judges whether it is as it should be; with `strict` warnings count, too. */
  async validate({ strict = false }: { readonly strict?: boolean } = {}): Promise<Judgement> {
    const { judgeEnvironment } = await import("../environment/status/mod.ts");
    return await judgeEnvironment((await this.open()).world, { strict });
  }

  /** Compares a revision, by default the newest, with another one, or with what is on disk. */
  async diff(from?: string, to?: string): Promise<EnvironmentDiff> {
    const { readDiff } = await import("../environment/diff/mod.ts");
    return await readDiff((await this.open()).world, from, to);
  }

  /** Gives it another ComfyUI; by default the newest that its present one leads to. */
  async updateComfyui(version?: string): Promise<UpdateReport> {
    const { updateEnvironment } = await import("../environment/update/mod.ts");
    return await updateEnvironment((await this.open()).world, { wanted: version });
  }

  /** Brings it back to what its manifest says when something is half-done or damaged. */
  async repair(): Promise<RepairReport> {
    const { repairEnvironment } = await import("../environment/repair/mod.ts");
    return await repairEnvironment((await this.open()).world);
  }

  /** Its manifest, to be read and edited. */
  getPyproject(): PyprojectManager {
    return new PyprojectManager(this);
  }
}
