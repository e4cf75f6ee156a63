import { ComfydockError } from "../../../base/mod.ts";
import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  readManifest,
  setModelChoice,
  setNodeChoice,
  setTrackedWorkflow,
  type TrackedWorkflow,
} from "../../../pyproject/mod.ts";
import {
  baseName,
  editJson,
  type JsonEdit,
  openWorkflow,
  planEmbedding,
  planResolution,
  readWorkflow,
  type ResolvedModel,
  workflowErrors,
} from "../../../workflows/mod.ts";
import { changeEnvironment } from "../../change.ts";
import { readEnvironmentState } from "../../state.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { readNeedlessModels } from "../choices.ts";
import { readWorkflowFile, workflowPlaces } from "../places.ts";
import { readRequirementFinder, recordWorkflow, writeRecords } from "../record.ts";
import { type FetchedModel, modelEdits } from "./fetch.ts";
import { readResolution } from "./read.ts";
import type { ResolveAnswers, ResolveReport, ResolveRequest, WorkflowResolution } from "./types.ts";

/** How far resolving has come when its results are written down. */
export interface ResolveProgress {
  /** What was planned. */
  readonly before: WorkflowResolution;
  readonly fetched: readonly FetchedModel[];
  /** Whether packs or files came since. */
  readonly changed: boolean;
}

/** Writes what was found into the workflow and the manifest, where anything is to be written. */
export async function writeDown(
  world: EnvironmentWorld,
  request: ResolveRequest,
  { before, fetched, changed }: ResolveProgress,
): Promise<Pick<ResolveReport, "after" | "edited" | "commit">> {
  const { environment } = world;
  const state = await readEnvironmentState(world);
  const edits = [
    ...modelEdits(state, fetched, environment.manifest),
    ...[...request.answers.packs].map(([type, pack]) => setNodeChoice(type, pack)),
    ...modelChoices(state.manifest, request.answers),
  ];
  const manifestText = editManifest(state.manifestText, edits, environment.manifest);
  const manifest = readManifest(manifestText, environment.manifest);
  const { text: saved } = openWorkflow(request.path);
  // What was saved in ComfyUI meanwhile is another workflow.
  const found = saved === before.text && !changed
    ? before
    : await readResolution(world, manifest, { ...request, text: saved });
  const after = asRewritten(found);
  const text = editJson(after.text, hashEdits(request, after, manifest));
  const edited = text !== saved;
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
      const inStep = tracked !== undefined && await isInStep(world, tracked, saved);
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
  return { after, edited, commit };
}

/** What people can do without is noted, so that nobody is asked again; who names a source takes that back. */
function modelChoices(manifest: Manifest, { models }: ResolveAnswers): readonly ManifestEdit[] {
  const needless = readNeedlessModels(manifest);
  return [...models].filter(([name, answer]) => (answer === false) !== needless.has(name))
    .map(([name, answer]) => setModelChoice(name, answer === false));
}

/** What stands once the widgets name their files as planned. */
function asRewritten(found: WorkflowResolution): WorkflowResolution {
  const { rewrite } = found.plan;
  if (rewrite.length === 0) return found;
  const text = editJson(found.text, rewrite);
  const models = found.models.map((model): ResolvedModel => {
    const { outcome, value, reference } = model;
    if (outcome !== "moved" || value === undefined) return model;
    const embedded = reference.embedded && { ...reference.embedded, name: baseName(value) };
    return { ...model, outcome: "local", reference: { ...reference, value, embedded } };
  });
  return {
    ...found,
    text,
    workflow: readWorkflow(text, found.path),
    models,
    plan: planResolution(found.nodes, models),
  };
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
