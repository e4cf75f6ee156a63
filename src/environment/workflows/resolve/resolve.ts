import { ComfydockError } from "../../../base/mod.ts";
import {
  editManifest,
  type Manifest,
  readManifest,
  setNodeChoice,
  setTrackedWorkflow,
  type TrackedWorkflow,
} from "../../../pyproject/mod.ts";
import {
  editJson,
  type JsonEdit,
  planEmbedding,
  type ResolvedModel,
  workflowErrors,
} from "../../../workflows/mod.ts";
import { changeEnvironment } from "../../change.ts";
import { undoEnvironment } from "../../history/mod.ts";
import { addNodes, switchNodes } from "../../nodes/mod.ts";
import { readEnvironmentState } from "../../state.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { readWorkflowFile, workflowPlaces } from "../places.ts";
import { readRequirementFinder, recordWorkflow, writeRecords } from "../record.ts";
import { type FetchedModel, fetchModels, linkModels, modelEdits } from "./fetch.ts";
import { readResolution } from "./read.ts";
import type { ResolveReport, ResolveRequest, WorkflowResolution } from "./types.ts";

/**
 * Makes a workflow run in an environment: packs are installed, models fetched, widgets written anew; what fails takes
 * the environment back to what it was, files of models stay.
 *
 * @throws what reading the workflow, adding packs and the journal throw
 */
export async function resolveWorkflow(
  world: EnvironmentWorld,
  request: ResolveRequest,
): Promise<ResolveReport> {
  const { manifest } = await readEnvironmentState(world);
  const before = await readResolution(world, manifest, request);
  const nothing = { before, after: before, installed: [], fetched: [], edited: false };
  if (request.dryRun) return nothing;
  const fetched = request.download ? await fetchModels(world, before.plan.download) : [];
  if (request.download) await linkModels(world, before.plan.link);
  const { installed, steps } = request.install
    ? await installPacks(world, request, before)
    : { installed: [], steps: 0 };
  try {
    const written = await writeDown(world, request, fetched);
    return { ...nothing, ...written, installed, fetched: fetched.map(({ outcome }) => outcome) };
  } catch (error) {
    for (let step = 0; step < steps; step++) await undoEnvironment(world, world.environment.name);
    throw error;
  }
}

async function installPacks(
  world: EnvironmentWorld,
  { resolveNode }: ResolveRequest,
  { plan }: WorkflowResolution,
): Promise<{ readonly installed: readonly string[]; readonly steps: number }> {
  let steps = 0;
  if (plan.enable.length > 0) {
    await switchNodes(world, plan.enable, true);
    steps++;
  }
  if (plan.install.length === 0) return { installed: plan.enable, steps };
  try {
    const named = plan.install.map(({ reference }) => reference);
    const report = await addNodes(world, { named, resolve: resolveNode });
    const added = report.plan.changes.map(({ id }) => id);
    return { installed: [...plan.enable, ...added], steps: steps + 1 };
  } catch (error) {
    if (steps > 0) await undoEnvironment(world, world.environment.name);
    throw error;
  }
}

/** Writes what was found into the workflow and the manifest, where anything is to be written. */
async function writeDown(
  world: EnvironmentWorld,
  request: ResolveRequest,
  fetched: readonly FetchedModel[],
): Promise<Pick<ResolveReport, "after" | "edited" | "commit">> {
  const { environment } = world;
  const state = await readEnvironmentState(world);
  const edits = [
    ...modelEdits(state, fetched, environment.manifest),
    ...[...request.answers.packs].map(([type, pack]) => setNodeChoice(type, pack)),
  ];
  const manifestText = editManifest(state.manifestText, edits, environment.manifest);
  const manifest = readManifest(manifestText, environment.manifest);
  const after = await readResolution(world, manifest, request);
  const text = editJson(after.text, [
    ...after.plan.rewrite,
    ...hashEdits(request, after, manifest),
  ]);
  const edited = text !== after.text;
  if (edited && !/\.json$/i.test(request.path)) throw cannotWrite(request.path);
  const tracked = Object.values(manifest.workflows).find((workflow) => {
    const places = workflowPlaces(environment, workflow);
    return places?.copy === request.path || places?.tracked === request.path;
  });
  if (!edited && edits.length === 0 && !tracked) return { after, edited };
  const commit = await changeEnvironment(
    world,
    { command: "workflow resolve" },
    async (transaction) => {
      const content = new TextEncoder().encode(text);
      const inStep = tracked !== undefined && await isInStep(world, tracked, after.text);
      if (edited) await transaction.writeFile(request.path, content);
      const records = [];
      if (tracked) {
        const places = workflowPlaces(environment, tracked)!;
        for (const place of [places.copy, places.tracked]) {
          if (place !== request.path && edited && inStep) {
            await transaction.writeFile(place, content);
          }
        }
        const finder = await readRequirementFinder(world, manifest);
        const record = await recordWorkflow(
          world,
          manifest,
          { workflow: tracked, content },
          finder,
        );
        // Sides that differ are brought together by a sync, which must know the version that both had last.
        records.push(setTrackedWorkflow(inStep ? record : { ...record, hash: tracked.hash }));
      }
      const now = await readEnvironmentState(world);
      return await writeRecords(world, transaction, now, {
        edits: [...edits, ...records],
        files: tracked ? [tracked.file] : [],
        message: `Resolve ${tracked?.key ?? "a workflow"}`,
      });
    },
  );
  return { after: await readResolution(world, manifest, request), edited, commit };
}

/** The address that the manifest has for a model that a workflow names. */
export function recordedUrl(
  { models }: Pick<Manifest, "models">,
  { manifestKey }: Pick<ResolvedModel, "manifestKey">,
): string | undefined {
  const sources = manifestKey === undefined ? [] : models[manifestKey]?.sources ?? [];
  return sources.find((source) => source.type === "url")?.url;
}

async function isInStep(
  { environment }: EnvironmentWorld,
  workflow: TrackedWorkflow,
  text: string,
): Promise<boolean> {
  const { copy, tracked } = workflowPlaces(environment, workflow)!;
  const sides = await Promise.all([copy, tracked].map(readWorkflowFile));
  return sides.every((bytes) =>
    bytes && new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) === text
  );
}

function hashEdits(
  { writeHashes }: ResolveRequest,
  { workflow, models }: WorkflowResolution,
  manifest: Manifest,
): readonly JsonEdit[] {
  if (!writeHashes) return [];
  return planEmbedding(workflow, models, (model) => recordedUrl(manifest, model));
}

function cannotWrite(path: string): ComfydockError {
  return new ComfydockError(
    workflowErrors.WORKFLOW_EDIT_FAILED,
    `Cannot write into "${path}": it only carries the workflow`,
    { hint: "Run comfydock workflow import first" },
  );
}
