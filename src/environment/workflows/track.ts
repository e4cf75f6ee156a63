import { ComfydockError } from "../../base/mod.ts";
import { setTrackedWorkflow, type TrackedWorkflow, untrackWorkflow } from "../../pyproject/mod.ts";
import { workflowFile, workflowName, type WorkflowState } from "../../workflows/tracking/mod.ts";
import { changeEnvironment } from "../change.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { workflowChangeErrors } from "./errors.ts";
import { workflowNotFound } from "./not_found.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";
import { readRequirementFinder, recordWorkflow, writeRecords } from "./record.ts";
import { surveyWorkflows } from "./survey.ts";

/** Which workflows shall be tracked, and what is noted of them. */
export interface TrackRequest {
  /** Names; with {@linkcode TrackRequest.all} patterns with `*` and `?`. */
  readonly names: readonly string[];
  /** All that ComfyUI shows and nobody ignores, or those that fit a name. */
  readonly all?: boolean;
  readonly description?: string;
  readonly version?: string;
  readonly dryRun?: boolean;
}

/** What tracking came to. */
export interface TrackReport {
  readonly workflows: readonly TrackedWorkflow[];
  readonly commit?: string;
}

/**
 * Takes workflows under care: ComfyUI's version into `.cec`, with what it needs noted in the manifest.
 *
 * @throws `WORKFLOW_NOT_FOUND`, `WORKFLOW_NAME_INVALID`
 */
export async function trackWorkflows(
  world: EnvironmentWorld,
  request: TrackRequest,
): Promise<TrackReport> {
  const preview = await planTracking(world, await readEnvironmentState(world), request);
  if (request.dryRun || preview.length === 0) {
    return { workflows: preview.map(({ workflow }) => workflow) };
  }
  return await changeEnvironment(world, { command: "workflow track" }, async (transaction) => {
    const before = await readEnvironmentState(world);
    const { manifest } = before;
    const planned = await planTracking(world, before, request);
    const finder = await readRequirementFinder(world, manifest);
    const workflows: TrackedWorkflow[] = [];
    for (const { workflow, content } of planned) {
      const { tracked, copy } = workflowPlaces(world.environment, workflow)!;
      if (await isOther(tracked, content)) {
        await transaction.trash(tracked);
        await transaction.writeFile(tracked, content);
      }
      if (!await readWorkflowFile(copy)) await transaction.writeFile(copy, content);
      world.checkpoints.reach("environment:workflow-tracked");
      workflows.push(await recordWorkflow(world, manifest, { workflow, content }, finder));
    }
    const commit = await writeRecords(world, transaction, before, {
      edits: workflows.map(setTrackedWorkflow),
      files: workflows.map(({ file }) => file),
      message: `Track ${workflows.map(({ key }) => key).join(", ")}`,
    });
    return { workflows, commit };
  });
}

/**
 * Lets go of workflows: `.cec` gives its version to the trash, ComfyUI's copy stays.
 *
 * @throws `WORKFLOW_NOT_FOUND`
 */
export async function untrackWorkflows(
  world: EnvironmentWorld,
  names: readonly string[],
  dryRun: boolean = false,
): Promise<TrackReport> {
  const preview = findTracked(await readEnvironmentState(world), names);
  if (dryRun) return { workflows: preview };
  return await changeEnvironment(world, { command: "workflow untrack" }, async (transaction) => {
    const before = await readEnvironmentState(world);
    const workflows = findTracked(before, names);
    for (const { file } of workflows) {
      const places = workflowPlaces(world.environment, { file });
      if (places) await transaction.trash(places.tracked);
      world.checkpoints.reach("environment:workflow-untracked");
    }
    const commit = await writeRecords(world, transaction, before, {
      edits: workflows.map(({ key }) => untrackWorkflow(key)),
      files: workflows.map(({ file }) => file),
      message: `Untrack ${workflows.map(({ key }) => key).join(", ")}`,
    });
    return { workflows, commit };
  });
}

interface PlannedTracking {
  readonly workflow: TrackedWorkflow;
  readonly content: Uint8Array<ArrayBuffer>;
}

async function planTracking(
  world: EnvironmentWorld,
  { manifest }: EnvironmentState,
  request: TrackRequest,
): Promise<readonly PlannedTracking[]> {
  const states = await surveyWorkflows(world.environment, manifest);
  const chosen = request.all
    ? chooseAll(states, request.names)
    : request.names.map((name) => chooseOne(world, states, name));
  const planned = await Promise.all(
    chosen.map(async ({ file }): Promise<PlannedTracking | undefined> => {
      const { tracked, copy } = workflowPlaces(world.environment, { file })!;
      const content = await readWorkflowFile(copy) ?? await readWorkflowFile(tracked);
      if (!content) return undefined;
      const known = Object.values(manifest.workflows).find((one) => one.file === file);
      const key = known?.key ?? workflowName(file);
      const { description = known?.description, version = known?.version } = request;
      const requires = known?.requires ?? { nodes: [], models: [], python: [] };
      return { workflow: { ...known, key, file, description, version, requires }, content };
    }),
  );
  return planned.filter((one) => one !== undefined);
}

function chooseAll(
  states: readonly WorkflowState[],
  patterns: readonly string[],
): readonly WorkflowState[] {
  const fits = patterns.map(patternOf);
  return states.filter(({ tracking, name }) =>
    tracking === "watched" && (fits.length === 0 || fits.some((pattern) => pattern.test(name)))
  );
}

function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/\.json$/i, "").replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*+/g, ".*").replace(/\?/g, "[^/]")}$`, "i");
}

function chooseOne(
  world: EnvironmentWorld,
  states: readonly WorkflowState[],
  name: string,
): Pick<WorkflowState, "file"> {
  const file = workflowFile(name);
  if (!workflowPlaces(world.environment, { file })) {
    throw new ComfydockError(
      workflowChangeErrors.WORKFLOW_NAME_INVALID,
      `Cannot track "${name}": it is no name below ComfyUI's workflows`,
      { hint: "Name it as comfydock workflow status shows it", details: { name } },
    );
  }
  const found = states.find((state) => state.file === file) ??
    states.find((state) => state.file.toLowerCase() === file.toLowerCase());
  if (found) return found;
  throw workflowNotFound("track", name, states.map((state) => state.name));
}

function findTracked(
  { manifest }: EnvironmentState,
  names: readonly string[],
): readonly TrackedWorkflow[] {
  const workflows = Object.values(manifest.workflows);
  return names.map((name) => {
    const found = workflows.find(({ key, file }) => key === name || file === workflowFile(name));
    if (!found) throw workflowNotFound("untrack", name, workflows.map(({ key }) => key));
    return found;
  });
}

async function isOther(path: string, content: Uint8Array): Promise<boolean> {
  const old = await readWorkflowFile(path);
  return !old || old.length !== content.length ||
    old.some((byte, index) => byte !== content[index]);
}
