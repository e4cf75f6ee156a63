import { basename, resolve } from "node:path";
import type {
  ImportReport,
  TrackReport,
  WorkflowSyncReport,
} from "../environment/workflows/mod.ts";
import type { WorkflowImportReport } from "../bundles/workflow/mod.ts";
import type { SyncStrategy, WorkflowDependencies, WorkflowState } from "../workflows/mod.ts";
import type { EnvironmentPlace } from "./environment_place.ts";
import { textOf, type WorkflowJson } from "./workflow_json.ts";

/** How a workflow is exported. */
export interface WorkflowExportOptions {
  /** The file to write; by default one of its name in the current directory. */
  readonly output?: string;
  /** Which packs of a bundle come along; default those that cannot be had elsewhere. */
  readonly nodes?: "none" | "own" | "all";
  /** Whether models of a bundle come along; default no. */
  readonly models?: boolean;
}

/** The workflows of environments: in ComfyUI's folder, and under care in `.cec`. */
export class WorkflowManager {
  /** How each workflow stands on its two sides. */
  async scanWorkflows(environment: EnvironmentPlace): Promise<readonly WorkflowState[]> {
    const { readWorkflowStates } = await import("../environment/workflows/states/mod.ts");
    return await readWorkflowStates(await environment.open());
  }

  /** How one workflow stands; throws `WORKFLOW_NOT_FOUND` where none has the name. */
  async getWorkflowState(environment: EnvironmentPlace, name: string): Promise<WorkflowState> {
    const { workflowNotFound } = await import("../environment/workflows/states/mod.ts");
    const { workflowFile } = await import("../workflows/mod.ts");
    const states = await this.scanWorkflows(environment);
    const found = states.find(({ file }) => file === workflowFile(name));
    if (found) return found;
    throw workflowNotFound("find", name, states.map((state) => state.name));
  }

  /** Takes a workflow under care. */
  async trackWorkflow(environment: EnvironmentPlace, name: string): Promise<TrackReport> {
    const { trackWorkflows } = await import("../environment/workflows/mod.ts");
    return await trackWorkflows((await environment.open()).world, { names: [name] });
  }

  /** Lets go of a workflow; ComfyUI's copy stays. */
  async untrackWorkflow(environment: EnvironmentPlace, name: string): Promise<TrackReport> {
    const { untrackWorkflows } = await import("../environment/workflows/mod.ts");
    return await untrackWorkflows((await environment.open()).world, [name]);
  }

  /**
   * Takes all workflows under care that nobody ignores.
   *
   * @param pattern Only those whose name fits, with `*` and `?`.
   */
  async trackAll(environment: EnvironmentPlace, pattern?: string): Promise<TrackReport> {
    const { trackWorkflows } = await import("../environment/workflows/mod.ts");
    const names = pattern === undefined ? [] : [pattern];
    return await trackWorkflows((await environment.open()).world, { names, all: true });
  }

  /** Brings the two sides together; throws `WORKFLOW_CONFLICT` where both have changed. */
  async syncWorkflows(environment: EnvironmentPlace): Promise<WorkflowSyncReport> {
    const { syncWorkflows } = await import("../environment/workflows/mod.ts");
    return await syncWorkflows((await environment.open()).world);
  }

  /** Settles a workflow that has changed on both sides; what is given up goes to the trash. */
  async resolveConflicts(
    environment: EnvironmentPlace,
    workflow: string,
    strategy: SyncStrategy,
  ): Promise<WorkflowSyncReport> {
    const { syncWorkflows } = await import("../environment/workflows/mod.ts");
    const { file } = await this.getWorkflowState(environment, workflow);
    const { world } = await environment.open();
    return await syncWorkflows(world, { strategy, files: new Set([file]) });
  }

  /**
   * Writes a workflow for others: with what its models are called, or as a bundle with what it needs.
   *
   * @returns The absolute path of the file; one that was there is in the trash.
   */
  async exportWorkflow(
    environment: EnvironmentPlace,
    name: string,
    withDeps: boolean = false,
    options: WorkflowExportOptions = {},
  ): Promise<string> {
    const { nodes = "own", models = false } = options;
    const place = await environment.open();
    const stem = basename(name).replace(/\.json$/, "");
    if (withDeps) {
      const { exportWorkflow } = await import("../bundles/workflow/mod.ts");
      const file = resolve(options.output ?? `${stem}.comfydock-workflow.tar.zst`);
      await exportWorkflow(place.world, { workflow: name, file, nodes, models, dryRun: false });
      return file;
    }
    const { findWorkflowFile } = await import("../session/workflow_files/mod.ts");
    const { embedModels, replaceFile } = await import("../session/workflows/mod.ts");
    const { session } = environment.workspace;
    const path = resolve(await findWorkflowFile(place.environment, name));
    const file = resolve(options.output ?? `${stem}.json`);
    const { text } = await embedModels(session, place, { path });
    await replaceFile(session, place.workspace.layout, file, text);
    return file;
  }

  /** Brings in a workflow: a file, a picture that carries one, an address, or a bundle with what it needs. */
  async importWorkflow(
    environment: EnvironmentPlace,
    bundle: string,
  ): Promise<ImportReport | WorkflowImportReport> {
    const { world } = await environment.open();
    if (/\.tar\.(?:zst|gz)(?:[?#].*)?$/i.test(bundle)) {
      const { openSource, readReference } = await import("../bundles/mod.ts");
      const { importWorkflowBundle } = await import("../bundles/workflow/mod.ts");
      await using source = await openSource(world, await readReference(bundle, Deno.cwd()));
      return await importWorkflowBundle(world, source, { dryRun: false });
    }
    const { readWorkflowSource } = await import("../session/workflows/mod.ts");
    const { importWorkflow } = await import("../environment/workflows/mod.ts");
    const source = await readWorkflowSource(environment.workspace.session, bundle);
    return await importWorkflow(world, { ...source, dryRun: false });
  }

  /** What a workflow needs: classes, models, inputs, and addresses in notes. */
  async analyzeDependencies(workflow: WorkflowJson): Promise<WorkflowDependencies> {
    const { analyzeWorkflow, readLoaderTable, readWorkflow } = await import("../workflows/mod.ts");
    return analyzeWorkflow(
      readWorkflow(textOf(workflow), "workflow.json"),
      await readLoaderTable(),
    );
  }
}
