import { ComfydockError } from "../../base/mod.ts";
import { setTrackedWorkflow, type TrackedWorkflow } from "../../pyproject/mod.ts";
import { readWorkflow, workflowFile, workflowName } from "../../workflows/mod.ts";
import { changeEnvironment } from "../change.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { workflowChangeErrors } from "./errors.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";
import { readRequirementFinder, recordWorkflow, writeRecords } from "./record.ts";

/** A workflow that comes from elsewhere. */
export interface ImportRequest {
  /** What it is called from now on, with folders before it. */
  readonly name: string;
  readonly text: string;
  readonly description?: string;
  readonly dryRun: boolean;
}

/** What an import came to. */
export interface ImportReport {
  readonly name: string;
  /** Absolute path of ComfyUI's copy. */
  readonly path: string;
  /** False when the very workflow was there already. */
  readonly added: boolean;
  readonly commit?: string;
}

/**
 * Puts a workflow into ComfyUI and under care.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NAME_INVALID`, `WORKFLOW_EXISTS`
 */
export async function importWorkflow(
  world: EnvironmentWorld,
  { name: given, text, description, dryRun }: ImportRequest,
): Promise<ImportReport> {
  readWorkflow(text, given);
  const file = workflowFile(given);
  const name = workflowName(file);
  const places = workflowPlaces(world.environment, { file });
  if (!places) {
    throw new ComfydockError(
      workflowChangeErrors.WORKFLOW_NAME_INVALID,
      `Cannot import a workflow as "${given}": it is no name below ComfyUI's workflows`,
      { hint: "Give another one with --as NAME", details: { name: given } },
    );
  }
  const content = new TextEncoder().encode(text);
  const { manifest } = await readEnvironmentState(world);
  const isTracked = Object.values(manifest.workflows).some((workflow) => workflow.file === file);
  const there = [await readWorkflowFile(places.copy), await readWorkflowFile(places.tracked)];
  if (there.some((bytes) => bytes && new TextDecoder().decode(bytes) !== text)) {
    throw new ComfydockError(
      workflowChangeErrors.WORKFLOW_EXISTS,
      `Cannot import a workflow as "${name}": another one has that name`,
      { hint: "Give another name with --as NAME", details: { name } },
    );
  }
  const report = { name, path: places.copy, added: !isTracked };
  if (dryRun || isTracked) return report;
  return await changeEnvironment(world, { command: "workflow import" }, async (transaction) => {
    const before = await readEnvironmentState(world);
    await transaction.writeFile(places.copy, content);
    await transaction.writeFile(places.tracked, content);
    world.checkpoints.reach("environment:workflow-imported");
    const requires = { nodes: [], models: [], python: [] };
    const workflow: TrackedWorkflow = { key: name, file, description, requires };
    const finder = await readRequirementFinder(world, before.manifest);
    const record = await recordWorkflow(world, before.manifest, { workflow, content }, finder);
    const commit = await writeRecords(world, transaction, before, {
      edits: [setTrackedWorkflow(record)],
      files: [file],
      message: `Import ${name}`,
    });
    return { ...report, commit };
  });
}
