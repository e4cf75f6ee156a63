import { ComfydockError } from "../../base/mod.ts";
import { setTrackedWorkflow } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { readLoaderTable } from "../../workflows/dependencies/mod.ts";
import {
  planSync,
  type SyncPlan,
  type SyncStep,
  type SyncStrategy,
} from "../../workflows/tracking/mod.ts";
import { changeEnvironment } from "../change.ts";
import { readManifestState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { workflowChangeErrors } from "./errors.ts";
import { readNodeKnowledge } from "./knowledge.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";
import { recordWorkflow, writeRecords } from "./record.ts";
import { readWorkflowStates } from "./states/mod.ts";

/** How workflows are synchronised. */
export interface WorkflowSyncRequest {
  /** Which side counts where both have changed, for all or by file. */
  readonly strategy?: SyncStrategy | ReadonlyMap<string, SyncStrategy>;
  /** Leaves conflicts alone instead of refusing. */
  readonly skipConflicts?: boolean;
  /** Paths below `.cec`; by default all that are tracked. */
  readonly files?: ReadonlySet<string>;
  /** Whether the change is committed; by default it is. */
  readonly commit?: boolean;
  readonly dryRun?: boolean;
}

/** What a sync of workflows came to. */
export interface WorkflowSyncReport extends SyncPlan {
  readonly commit?: string;
}

/**
 * Brings the tracked workflows of `.cec` and of ComfyUI together; what is given up goes to the trash, with the side that
 * counts.
 *
 * @throws `WORKFLOW_CONFLICT` before anything is touched
 */
export async function syncWorkflows(
  world: EnvironmentWorld,
  request: WorkflowSyncRequest = {},
): Promise<WorkflowSyncReport> {
  const preview = await plan(world, request);
  if (request.dryRun || preview.steps.length === 0) return preview;
  return await changeEnvironment(world, { command: "workflow sync" }, async (transaction) => {
    const decided = await plan(world, request);
    return { ...decided, commit: await apply(world, transaction, decided.steps, request) };
  });
}

async function plan(
  world: EnvironmentWorld,
  { strategy, skipConflicts, files, dryRun }: WorkflowSyncRequest,
): Promise<SyncPlan> {
  const states = await readWorkflowStates(world);
  const decided = planSync(files ? states.filter(({ file }) => files.has(file)) : states, strategy);
  if (decided.conflicts.length > 0 && !skipConflicts && !dryRun) throw conflict(world, decided);
  return decided;
}

async function apply(
  world: EnvironmentWorld,
  transaction: Transaction,
  steps: readonly SyncStep[],
  { commit = true }: WorkflowSyncRequest,
): Promise<string | undefined> {
  const before = await readManifestState(world);
  const { manifest } = before;
  const finder = {
    knowledge: await readNodeKnowledge(world, manifest),
    table: await readLoaderTable(),
  };
  const edits = [];
  for (const step of steps) {
    const workflow = Object.values(manifest.workflows).find(({ file }) => file === step.file);
    const content = await bringTogether(world, transaction, step);
    world.checkpoints.reach("environment:workflow-synced");
    if (!workflow || !content) continue;
    edits.push(setTrackedWorkflow(recordWorkflow(world, manifest, { workflow, content }, finder)));
  }
  return await writeRecords(world, transaction, before, {
    edits,
    commit,
    files: steps.map(({ file }) => file),
    message: `Sync workflows: ${steps.map(({ name }) => name).join(", ")}`,
  });
}

/** Gives both sides the version that counts, and returns it. */
async function bringTogether(
  { environment }: EnvironmentWorld,
  transaction: Transaction,
  { file, action, gives_up }: SyncStep,
): Promise<Uint8Array | undefined> {
  const { tracked, copy } = workflowPlaces(environment, { file })!;
  const [source, target] = action === "take" ? [copy, tracked] : [tracked, copy];
  const content = await readWorkflowFile(source);
  if (!content || action === "record") return content;
  if (gives_up) {
    await transaction.trash(target);
    await transaction.trash(source);
    await transaction.writeFile(source, content);
  }
  await transaction.writeFile(target, content);
  return content;
}

function conflict(
  { environment: { name } }: EnvironmentWorld,
  { conflicts }: SyncPlan,
): ComfydockError {
  const names = conflicts.map((one) => `"${one.name}"`).join(", ");
  return new ComfydockError(
    workflowChangeErrors.WORKFLOW_CONFLICT,
    `Cannot sync ${names}: changed in .cec and in ComfyUI since they were equal`,
    {
      hint:
        `Run comfydock workflow sync --strategy theirs --env ${name} for ComfyUI's version, or ` +
        "--strategy ours for that of .cec; both go to the trash first",
      details: { conflicts: conflicts.map(({ name, file }) => ({ name, file })) },
    },
  );
}
