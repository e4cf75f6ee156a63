import { resolve } from "node:path";
import type { BundleSource, BundleSummary, ExportReport, Platform } from "../bundles/mod.ts";
import type { WorkflowExportReport } from "../bundles/workflow/mod.ts";
import { ComfydockError } from "../base/mod.ts";
import type { ImportWishes } from "../session/imports/mod.ts";
import { Environment } from "./environment.ts";
import type { EnvironmentPlace } from "./environment_place.ts";
import { readWorkspace, type WorkspacePlace } from "./place.ts";

/** What goes into a bundle. */
export interface BundleOptions {
  /** The file to write; by default one of the name in the current directory. */
  readonly file?: string;
  /** Which node packs; default `none` for environments, `own` for workflows. */
  readonly nodes?: "none" | "own" | "all";
  /** Whether models come along; default no. */
  readonly models?: boolean;
  /** The platforms whose Python packages come along; default none. */
  readonly platforms?: readonly Platform[];
}

/** How an environment is imported. */
export interface ImportOptions extends ImportWishes {
  /** Refuses everything that would not be as it was. */
  readonly strict?: boolean;
  /** Whether it becomes the active environment. */
  readonly use?: boolean;
  /** Keeps files that are where models of the bundle belong, instead of refusing. */
  readonly keepModels?: boolean;
}

/** Whether a bundle is whole. */
export type BundleCheck =
  | { readonly ok: true; readonly summary: BundleSummary }
  | { readonly ok: false; readonly error: ComfydockError };

/** Environments and workflows in one file, and made again from it. */
export class BundleManager {
  readonly workspace: WorkspacePlace;

  /** Names the workspace that environments are imported into. */
  constructor(workspace: WorkspacePlace) {
    this.workspace = workspace;
  }

  /** Packs an environment. */
  async createEnvBundle(
    environment: EnvironmentPlace,
    { file, nodes = "none", models = false, platforms = [] }: BundleOptions = {},
  ): Promise<ExportReport> {
    const { exportEnvironment } = await import("../bundles/writing/mod.ts");
    const path = resolve(file ?? `${environment.name}.comfydock.tar.zst`);
    const { world } = await environment.open();
    return await exportEnvironment(world, { file: path, nodes, models, platforms, dryRun: false });
  }

  /** Packs a tracked workflow with what the manifest says of what it needs. */
  async createWorkflowBundle(
    environment: EnvironmentPlace,
    workflow: string,
    { file, nodes = "own", models = false }: Omit<BundleOptions, "platforms"> = {},
  ): Promise<WorkflowExportReport> {
    const { exportWorkflow } = await import("../bundles/workflow/mod.ts");
    const path = resolve(file ?? `${workflow.split("/").at(-1)}.comfydock-workflow.tar.zst`);
    const request = { workflow, file: path, nodes, models, dryRun: false };
    return await exportWorkflow((await environment.open()).world, request);
  }

  /** Opens a bundle, a directory or an address, all of it checked; let go of it with `await using`. */
  async extractBundle(bundle: string): Promise<BundleSource> {
    const { openImport } = await import("../session/imports/mod.ts");
    const workspace = await readWorkspace(this.workspace);
    return (await openImport(this.workspace.session, workspace, bundle)).source;
  }

  /** Checks a bundle as an import does, and tells what it holds. */
  async validateBundle(bundle: string): Promise<BundleCheck> {
    const { inspectBundle } = await import("../bundles/mod.ts");
    try {
      const { signal } = this.workspace.session;
      return { ok: true, summary: await inspectBundle(resolve(bundle), signal) };
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
      return { ok: false, error };
    }
  }

  /** Makes an environment from a bundle, a directory or a repository. */
  async importEnvironment(bundle: string, options: ImportOptions = {}): Promise<Environment> {
    const { applyImport, prepareImport } = await import("../bundles/mod.ts");
    const { openImport } = await import("../session/imports/mod.ts");
    const { session } = this.workspace;
    const workspace = await readWorkspace(this.workspace);
    const { world, source: opened, comfyui } = await openImport(
      session,
      workspace,
      bundle,
      options,
    );
    await using source = opened;
    const { name, strict = false, use = false, keepModels } = options;
    const request = { name, strict, use, keepModels, comfyui };
    const prepared = await prepareImport(world, source, request);
    const { environmentLayout } = await import("../workspace/reading/mod.ts");
    const { openEnvironment } = await import("../session/environment/mod.ts");
    const layout = environmentLayout(workspace.layout, prepared.plan.name);
    const target = await openEnvironment(session, workspace, layout);
    await applyImport(target.world, source, prepared, request);
    return new Environment(this.workspace, prepared.plan.name);
  }
}
