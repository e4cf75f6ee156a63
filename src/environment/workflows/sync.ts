import { join, parse } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { setTrackedWorkflow } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import {
  planSync,
  type SyncPlan,
  type SyncStep,
  type SyncStrategy,
} from "../../workflows/tracking/mod.ts";
import { changeEnvironment } from "../change.ts";
import { type ManifestState, readManifestState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { workflowChangeErrors } from "./errors.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";
import {
  readRequirementFinder,
  recordWorkflow,
  type RequirementFinder,
  writeRecords,
} from "./record.ts";
import { surveyWorkflows } from "./survey.ts";

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
  const looked = await readManifestState(world);
  const preview = await plan(world, looked, request);
  if (request.dryRun || preview.steps.length === 0) return preview;
  const files = new Set(preview.steps.map(({ file }) => file));
  return await changeEnvironment(world, { command: "workflow sync" }, async (transaction) => {
    const before = await readManifestState(world, looked);
    const [decided, finder] = await Promise.all([
      plan(world, before, { ...request, files }),
      readRequirementFinder(world, before.manifest),
    ]);
    const commit = await apply(world, transaction, { before, finder, ...decided }, request);
    return { ...decided, conflicts: [...preview.conflicts, ...decided.conflicts], commit };
  });
}

async function plan(
  world: EnvironmentWorld,
  { manifest }: ManifestState,
  { strategy, skipConflicts, files, dryRun }: WorkflowSyncRequest,
): Promise<SyncPlan> {
  const states = await surveyWorkflows(world.environment, manifest, files);
  const decided = planSync(states, strategy);
  if (decided.conflicts.length > 0 && !skipConflicts && !dryRun) {
    throw workflowConflict(world.environment.name, decided.conflicts);
  }
  return decided;
}

/** What a sync starts from, and what is to be done. */
interface SyncState {
  readonly before: ManifestState;
  readonly finder: RequirementFinder;
  readonly steps: readonly SyncStep[];
}

async function apply(
  world: EnvironmentWorld,
  transaction: Transaction,
  { before, finder, steps }: SyncState,
  { commit = true }: WorkflowSyncRequest,
): Promise<string | undefined> {
  const { manifest } = before;
  const edits = [];
  for (const step of steps) {
    const workflow = Object.values(manifest.workflows).find(({ file }) => file === step.file);
    const content = await bringTogether(world, transaction, step);
    world.checkpoints.reach("environment:workflow-synced");
    if (!workflow || !content) continue;
    const record = await recordWorkflow(world, manifest, { workflow, content }, finder);
    edits.push(setTrackedWorkflow(record));
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
  { file, action, gives_up, beside }: SyncStep,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { tracked, copy } = workflowPlaces(environment, { file })!;
  const [source, target] = action === "take" ? [copy, tracked] : [tracked, copy];
  const content = await readWorkflowFile(source);
  if (!content || action === "record") return content;
  const earlier = beside ? await readWorkflowFile(target) : undefined;
  if (earlier) await transaction.writeFile(await freePlace(source), earlier);
  if (gives_up) {
    await transaction.trash(target);
    await transaction.trash(source);
    await transaction.writeFile(source, content);
  }
  await transaction.writeFile(target, content);
  return content;
}

/** A name beside a file that nothing has. */
async function freePlace(path: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  for (let count = 1;; count++) {
    const place = join(dir, `${name} (ours${count === 1 ? "" : ` ${count}`})${ext}`);
    if (!await lookAt(place)) return place;
  }
}

/** The error for workflows that nobody has decided about. */
export function workflowConflict(
  name: string,
  conflicts: SyncPlan["conflicts"],
): ComfydockError {
  const names = conflicts.map((one) => `"${one.name}"`).join(", ");
  return new ComfydockError(
    workflowChangeErrors.WORKFLOW_CONFLICT,
    `Cannot sync ${names}: changed in .cec and in ComfyUI since they were equal`,
    {
      hint: `Run comfydock workflow sync --strategy theirs --env ${name} for ComfyUI's version, ` +
        "--strategy ours for that of .cec (both go to the trash first), or --strategy both to keep both",
      details: { conflicts: conflicts.map(({ name, file }) => ({ name, file })) },
    },
  );
}
